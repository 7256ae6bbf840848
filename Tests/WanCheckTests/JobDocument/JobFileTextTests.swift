import JobDocuments
import Testing

@testable import WanCheck

/// Paths in job files are replaced, and every other byte stays.
@Suite struct JobFileTextTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: JobDocumentFormat
    let text: String
    /// `nil`: the path cannot be replaced.
    let result: String?
    var testDescription: String { text.debugDescription }
  }

  @Test(arguments: [
    Case(
      format: .json, text: "\u{FEFF}{ \"start_image_url\":\t\"a\\u002epng\" , \"prompt\": \"a.png\"}\r\n",
      result: "\u{FEFF}{ \"start_image_url\":\t\"n/\\\"ü.png\" , \"prompt\": \"a.png\"}\r\n"),
    Case(
      format: .json, text: #"[{"id":1,"job":{"start_image_url":"a.png"}}]"#,
      result: #"[{"id":1,"job":{"start_image_url":"n/\"ü.png"}}]"#),
    Case(
      format: .jsonLines, text: "{\"prompt\":\"é\"}\n\n {\"start_image_url\":\"a.png\"}",
      result: "{\"prompt\":\"é\"}\n\n {\"start_image_url\":\"n/\\\"ü.png\"}"),
    Case(
      format: .yaml, text: "start_image_url: a.png # one\nprompt: é\n",
      result: "start_image_url: \"n/\\\"ü.png\" # one\nprompt: é\n"),
    Case(
      format: .yaml, text: "start_image_url: 'a.png'\n", result: "start_image_url: \"n/\\\"ü.png\"\n"),
    Case(
      format: .yaml, text: "start_image_url: >-\n  a.png\nprompt: x\n",
      result: "start_image_url: \"n/\\\"ü.png\"\nprompt: x\n"),
    Case(
      format: .yaml, text: "{start_image_url: &x a.png, prompt: b}",
      result: "{start_image_url: &x \"n/\\\"ü.png\", prompt: b}"),
    // The prompt would change, too.
    Case(format: .yaml, text: "start_image_url: &x a.png\nprompt: *x\n", result: nil),
  ])
  func replacing(_ example: Case) {
    let file = JobFileText(
      Array(example.text.utf8), format: example.format, file: "j", folder: ".", bounds: DocumentBounds(),
      profile: .freepik)
    let paths = file.jobs.map { job in
      job.text(Role.startImage.meaning) == nil ? [:] : [Role.startImage: "n/\"ü.png"]
    }
    let result = file.replacing(paths).map { String(decoding: $0, as: UTF8.self) }
    #expect(result == example.result)
  }
}
