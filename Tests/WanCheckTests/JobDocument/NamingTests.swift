import JobDocuments
import Testing
import WanCheck

@Suite struct NamingTests {
  @Test(
    arguments: [
      ("job.json", JobDocumentFormat.json), ("a.b.JSON", .json), ("dir.yml/job.jsonl", .jsonLines),
      ("x.ndjson", .jsonLines),
      ("x.yml", .yaml), ("/a/x.YAML", .yaml), ("x.txt", nil), ("json", nil), (".json", nil), ("x.json/", nil),
      ("", nil),
      ("x.", nil),
    ] as [(String, JobDocumentFormat?)])
  func formatsByFileName(name: String, format: JobDocumentFormat?) {
    #expect(JobDocumentFormat(fileName: name) == format)
  }

  @Test func pointers() {
    #expect(JSONPointer.root.description == "")
    #expect(JSONPointer.root.appending("a/b~c").appending(0).appending("").description == "/a~1b~0c/0/")
    #expect(JSONPointer.root.appending("é\"\\").description == "/é\"\\")
    #expect(JSONPointer.root.appending("~1").description == "/~01")
  }

  @Test(
    arguments: [
      ("promt", "prompt"), ("Prompt", "prompt"), ("negativeprompt", "negative_prompt"),
      ("startImageUrl", "start_image_url"),
      ("start-image-url", "start_image_url"), ("end_image", "end_image_url"), ("sede", "seed"),
      ("image", nil),
      ("x", nil), ("", nil),
      ("_", nil), ("durations", "duration"), ("duraton", "duration"), ("sed", "seed"), ("\u{1F600}", nil),
    ] as [(String, String?)])
  func suggestions(name: String, expected: String?) {
    let fields = [
      "prompt", "negative_prompt", "start_image_url", "end_image_url", "duration", "seed", "resolution",
    ]
    #expect(Suggestion.nearest(to: name, in: fields) == expected)
  }

  @Test func longNamesSuggestNothing() {
    let name = String(repeating: "p", count: 1_000_000)
    #expect(Suggestion.nearest(to: name, in: ["prompt", name]) == nil)
  }

  @Test func theFirstOfEquallyCloseCandidatesWins() {
    #expect(Suggestion.nearest(to: "sead", in: ["read", "seed", "send"]) == "read")
  }
}
