import JobDocuments
import Testing
import WanCheck

@Suite struct YAMLDocumentTests {
  @Test(arguments: [
    DocumentCase(
      "null", "a:\nb: ~\nc: null\nd: NULL\ne: nUll\nf: ''", .yaml,
      "{a@1:1=null@1:3, b@2:1=null@2:4, c@3:1=null@3:4, d@4:1=null@4:4, e@5:1=nUll@5:4, f@6:1=@6:4}@1:1"),
    DocumentCase(
      "booleans", "[true, True, FALSE, yes, no, on, off, y, tRUE]", .yaml, "true@1:2", "true@1:8",
      "false@1:14",
      "yes@1:21", "no@1:26", "on@1:30", "off@1:34", "y@1:39", "tRUE@1:42"),
    DocumentCase(
      "numbers", "[0o7, 0x1F, -3, +5, 012, 5., .5, 5.0, 1e3, .inf, -.INF, .nan]", .yaml, "#0o7@1:2",
      "#0x1F@1:7",
      "#-3@1:13", "#+5@1:17", "#012@1:21", "#5.@1:26", "#.5@1:30", "#5.0@1:34", "#1e3@1:39", "#.inf@1:44",
      "#-.INF@1:50", "#.nan@1:57"),
    DocumentCase(
      "words that are not numbers", "[0b1, 1_000, 12:30, 0o8, 0x, 1e, 2024-01-01, +.nan, .]", .yaml,
      "0b1@1:2",
      "1_000@1:7", "12:30@1:14", "0o8@1:21", "0x@1:26", "1e@1:30", "2024-01-01@1:34", "+.nan@1:46", ".@1:53"),
    DocumentCase(
      "quoted words are strings", "['5', \"true\", 'null', '*a']", .yaml, "5@1:2", "true@1:7", "null@1:15",
      "*a@1:23"),
    DocumentCase(
      "tags of the core schema",
      "a: !!str 5\nb: !!int \"7\"\nc: !!float 1\nd: !!null ''\ne: !!bool 'true'\nf: !!map {}\ng: !!seq []",
      .yaml,
      "{a@1:1=5@1:4, b@2:1=#7@2:4, c@3:1=#1@3:4, "
        + "d@4:1=null@4:4, e@5:1=true@5:4, f@6:1={}@6:4, g@7:1=[]@7:4}@1:1"
    ),
    DocumentCase(
      "keys are texts", "5: a\ntrue: b\n~: c\n\"x\": d\n<<: e", .yaml,
      "{5@1:1=a@1:4, true@2:1=b@2:7, ~@3:1=c@3:4, x@4:1=d@4:6, <<@5:1=e@5:5}@1:1"),
    DocumentCase("JSON in YAML", "{\"a\": [1, \"x\"]}", .yaml, "{a@1:2=[#1@1:8, x@1:11]@1:7}@1:1"),
    DocumentCase(
      "block scalars", "a: |\n  x\n  *y*\nb: >-\n  p\n  q\nc: 1", .yaml,
      "{a@1:1=x<a>*y*<a>@1:4, b@4:1=p q@4:4, c@7:1=#1@7:4}@1:1"),
    DocumentCase("a sequence of jobs", "- a: 1\n- a: 2", .yaml, "{a@1:3=#1@1:6}@1:3", "{a@2:3=#2@2:6}@2:3"),
    DocumentCase(
      "several documents", "---\na: 1\n---\n---\n- b: 2\n- b: 3\n...\n# end\n", .yaml, "{a@2:1=#1@2:4}@2:1",
      "{b@5:3=#2@5:6}@5:3", "{b@6:3=#3@6:6}@6:3"),
    DocumentCase(
      "line breaks of every kind", "a: 1\r\nb: 2\rc: 3\nd: 4", .yaml,
      "{a@1:1=#1@1:4, b@2:1=#2@2:4, c@3:1=#3@3:4, d@4:1=#4@4:4}@1:1"),
    DocumentCase(
      "separators are not line breaks", "a: x\u{85}y\u{2028}z\u{2029}\u{FEFF}. # \u{2028}\nb: '\u{FEFF}'",
      .yaml,
      "{a@1:1=x<85>y<2028>z<2029><feff>.@1:4, b@2:1=<feff>@2:4}@1:1"),
    DocumentCase(
      "columns count scalars", "{é😀: 'é😀', b: 1}", .yaml,
      "{<e9><1f600>@1:2=<e9><1f600>@1:6, b@1:12=#1@1:15}@1:1"),
    DocumentCase("a byte order mark", "\u{FEFF}a: 1", .yaml, "{a@1:1=#1@1:4}@1:1"),
    DocumentCase("an escaped byte order mark", #"a: "\uFeFFx""#, .yaml, "{a@1:1=<feff>x@1:4}@1:1"),
    DocumentCase(
      "asterisks in texts", "a: x *y* z\nb: '*'\nc: \"\\ue000 * \u{E001}\"", .yaml,
      "{a@1:1=x *y* z@1:4, b@2:1=*@2:4, c@3:1=<e000> * <e001>@3:4}@1:1"),
  ])
  func values(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [
    DocumentCase(
      "an alias has its own position", "a: &x {q: [1]}\nb: *x", .yaml,
      "{a@1:1={q@1:8=[#1@1:12]@1:11}@1:4, b@2:1={q@1:8=[#1@1:12]@1:11}@2:4}@1:1"),
    DocumentCase(
      "an anchor given again", "[&x 1, *x, &x 2, *x]", .yaml, "#1@1:2", "#1@1:8", "#2@1:12", "#2@1:18"),
    DocumentCase(
      "an alias as key", "&k a: &v b\n*k : *v", .yaml,
      "{a@1:1=b@1:7, a@2:1=b@2:6}@1:1"
        + " ! 2:1 duplicate key `a`; first defined at line 1, column 1: keep one of them"),
    DocumentCase(
      "an unknown alias", "a:\n- *b", .yaml,
      "! 2:3 the alias has no anchor `&b` before it: put the text in quotes if it is not an alias"),
    DocumentCase(
      "an anchor inside itself", "a: &a [*a]", .yaml,
      "! 1:8 the alias has no anchor `&a` before it: put the text in quotes if it is not an alias"),
    DocumentCase(
      "an anchor of another document", "a: &x 1\n---\na: *x", .yaml, "{a@1:1=#1@1:4}@1:1",
      "! 3:4 the alias has no anchor `&x` before it: put the text in quotes if it is not an alias"),
    DocumentCase(
      "emphasis that is not quoted", "prompt: *bold* text", .yaml,
      "! 1:9 `*` at the beginning of a value makes it an alias: put the text into quotes"),
  ])
  func aliases(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }

  @Test(arguments: [
    DocumentCase(
      "in a block", "a: 1\nb: 2\na: 3\n\"a\": 4", .yaml,
      "{a@1:1=#1@1:4, b@2:1=#2@2:4, a@3:1=#3@3:4, a@4:1=#4@4:6}@1:1"
        + " ! 3:1 duplicate key `a`; first defined at line 1, column 1: keep one of them"
        + " ! 4:1 duplicate key `a`; first defined at line 1, column 1: keep one of them"),
    DocumentCase(
      "inside", "x: {a: 1, a: 2}", .yaml,
      "{x@1:1={a@1:5=#1@1:8, a@1:11=#2@1:14}@1:4}@1:1"
        + " ! 1:11 duplicate key `a`; first defined at line 1, column 5: keep one of them"),
    DocumentCase(
      "a number and its text", "5: a\n'5': b", .yaml,
      "{5@1:1=a@1:4, 5@2:1=b@2:6}@1:1"
        + " ! 2:1 duplicate key `5`; first defined at line 1, column 1: keep one of them"),
    DocumentCase(
      "on keys with tags", "- !!str a: 1\n  !!str a: 2", .yaml,
      "{a@1:3=#1@1:12, a@2:3=#2@2:12}@1:3"
        + " ! 2:3 duplicate key `a`; first defined at line 1, column 3: keep one of them"),
  ])
  func repeatedKeys(_ test: DocumentCase) {
    #expect(test.outline() == test.expected)
  }
}
