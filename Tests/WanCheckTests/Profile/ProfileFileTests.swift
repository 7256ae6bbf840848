import JudgingKit
import Testing

@testable import WanCheck

/// A profile's file is a stranger's: each of its problems is told with its place.
@Suite struct ProfileFileTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    /// What is replaced in the invented profile's text, by what.
    let old: String
    let new: String
    /// The place and the beginning of the message; `nil` for any place.
    let problem: String
    var testDescription: String { new }

    init(_ old: String, _ new: String, _ problem: String) {
      (self.old, self.new, self.problem) = (old, new, problem)
    }
  }

  static let wrong = [
    Wrong(
      "id: acme/motion-1", "id: freepik/wan-2-7", "acme.yml:1:5: `freepik/wan-2-7` is the id of an embedded"),
    Wrong("id: acme/motion-1", "id: ../motion", "acme.yml:1:5: id must be at most 64 of"),
    Wrong("id: acme/motion-1", "id: 5", "acme.yml:1:5: id must be a non-empty string"),
    Wrong(
      "title: Motion 1", "titel: Motion 1",
      "acme.yml:2:1: `titel` is not a key of a profile; did you mean title?"),
    Wrong("title: Motion 1", "title: \"a\\u0007b\"", "acme.yml:2:8: title must be one line"),
    Wrong("captured: 2026-11-20", "captured: yesterday", "acme.yml:7:15: captured must be a day"),
    Wrong(
      "address: https://acme.example/handbook", "address: file:///etc/passwd",
      "acme.yml:6:14: address must be an https URL"),
    Wrong("path: /motion", "path: motion", "acme.yml:10:11: path must begin with /"),
    Wrong(
      "base: \"https://api.acme.example\"", "base: \"http://api.acme.example\"",
      "acme.yml:10:18: base must be an https"),
    Wrong(
      "key_header: x-acme", "key_header: \"x acme\"",
      "acme.yml:10:11: key_header must be the name of a header"),
    Wrong("means: prompt,", "means: prmopt,", "acme.yml:12:39: means must be"),
    Wrong(
      "name: text, type: string", "name: text, type: integer",
      "acme.yml:12:40: a field that means prompt has the type string"),
    Wrong("name: text,", "name: \"te xt\",", "acme.yml:12:12: a name must be at most 64"),
    Wrong("name: text,", "name: job,", "acme.yml:12:12: no field is called job"),
    Wrong("max: 40", "max: -1", "acme.yml:12:68: a bound of prompt must be"),
    Wrong("max: 40", "max: 99999999999999999999", "acme.yml:12:68: a bound of prompt must be"),
    Wrong("max: 40, sentence: Up to 40 characters.", "max: 40", "acme.yml:12:5: a limit needs `sentence`"),
    Wrong("max: 40", "one_of: [a]", "acme.yml:12:71: prompt has min and max, not one_of"),
    Wrong(
      "{name: looped, type: boolean}", "{name: looped, type: boolean, max: 1}",
      "acme.yml:35:44: max: no rule limits"),
    Wrong("default: 4", "default: soon", "acme.yml:33:66: default must be an integer"),
    Wrong("default: 4", "default: 9", "acme.yml:33:66: default is not one of"),
    Wrong("name: size,", "name: seconds,", "acme.yml:34:16: duplicate field seconds"),
    Wrong("means: resolution", "means: duration", "a field that means duration has the type integer"),
    Wrong("means: end_image}]", "means: start_image}]", "two fields mean start_image"),
    Wrong(
      "source: forum, sentence: Two", "source: blog, sentence: Two",
      "acme.yml:34:85: unknown source `blog`"),
    Wrong(
      "needs: [start_image]}", "needs: []}", "acme.yml:38:5: the mode first_frame needs at least one asset"),
    Wrong("needs: [start_image]}", "needs: [audio]}", "acme.yml:38:33: no field means audio"),
    Wrong(
      "mode: first_last_frame", "mode: first_frame", "acme.yml:39:5: duplicate mode first_frame"),
    Wrong("one_of: [png]", "one_of: [gif]", "acme.yml:42:44: `gif` is not a format that can be proved here"),
    Wrong("one_of: [png]", "one_of: [mp4]", "acme.yml:42:44: `mp4` is not a format that can be proved here"),
    Wrong(
      "{of: image, measure: side, min: 100, max: 1000,", "{of: image, measure: side, min: 100, max: 10,",
      "acme.yml:43:5: image-side allows nothing"),
    Wrong(
      "{of: image, measure: side, min: 100, max: 1000,", "{of: image, measure: side,",
      "acme.yml:43:5: image-side needs"),
    Wrong(
      "{of: image, measure: side, min: 100, max: 1000,", "{of: image, measure: duration, min: 1,",
      "acme.yml:43:5: duration is not a measure of image"),
    Wrong("{of: end_image,", "{of: image,", "acme.yml:44:5: duplicate limit image-side"),
    Wrong("max: 1.5,", "max: 1.5, min: 1,", "acme.yml:45:47: a size has no min"),
    Wrong(
      "- {of: video, measure: formats, one_of: [mov], sentence: MOV only.}", "",
      "limits needs the formats of video"),
    Wrong("job-mode:", "job-moed:", "acme.yml:49:3: unknown rule `job-moed`; did you mean job-mode?"),
    Wrong("rules:", "rules: {}\nrules:", "acme.yml:49:1:"),
    Wrong("id: acme/motion-1", "id: [", "acme.yml:"),
    Wrong("id: acme/motion-1", "--- 1\n---\nid: acme/motion-1", "acme.yml:"),
  ]

  @Test(arguments: wrong) func aProblemHasItsPlace(_ wrong: Wrong) throws {
    let text = Profile.inventedText.replacing(wrong.old, with: wrong.new, maxReplacements: 1)
    #expect(text != Profile.inventedText)
    let (profile, problems) = Profile.read(Array(text.utf8), named: "acme.yml")
    #expect(profile == nil)
    let told = problems.map(\.description)
    #expect(told.contains { $0.contains(wrong.problem) }, "\(told)")
    #expect(told.allSatisfy { $0.hasPrefix("acme.yml:") })
  }

  @Test(arguments: ["", "[]", "null", "5", "{}", "# nothing\n", "\u{FEFF}", "{\"id\": 1", "a: &a [*a]"])
  func whatIsNoProfileIsRefused(_ text: String) {
    let (profile, problems) = Profile.read(Array(text.utf8), named: "f")
    #expect(profile == nil)
    #expect(!problems.isEmpty)
  }

  /// Neither depth nor number of fields is without bound.
  @Test func fieldsAreBounded() {
    let deep = (0..<6).reduce("{name: a, type: string}") { inner, _ in
      "{name: a, type: object, fields: [\(inner)]}"
    }
    let many = (0..<300).map { "{name: a\($0), type: string}" }.joined(separator: ", ")
    for (list, problem) in [(deep, "objects deep"), (many, "at most 200 fields")] {
      let text = Profile.inventedText.replacing(
        "fields:\n",
        with:
          "fields:\n  - \(list.hasPrefix("{name: a0") ? "{name: b, type: object, fields: [\(list)]}" : list)\n",
        maxReplacements: 1)
      let problems = Profile.read(Array(text.utf8), named: "f").problems.map(\.description)
      #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }
  }

  /// JSON is YAML: a file may be either.
  @Test func theEmbeddedFilesCouldBeAUsers() throws {
    let bytes = PackageResources.novita_wan2_7_i2v_json
    let text = String(decoding: bytes, as: UTF8.self).replacing("\"novita/", with: "\"mine/")
    let (profile, problems) = Profile.read(Array(text.utf8), named: "mine.json")
    #expect(problems.isEmpty)
    #expect(profile?.id == "mine/wan2.7-i2v")
    #expect(profile?.limits.all == Profile.novita.limits.all)
  }
}
