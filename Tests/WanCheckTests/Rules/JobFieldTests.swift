import JudgingKit
import Testing
import WanCheck

@Suite struct JobFieldTests {
  struct Wrong: Sendable, CustomTestStringConvertible {
    let field: String
    let value: String
    var testDescription: String { "\(field): \(value)" }
  }

  static let wrong: [Wrong] = Profile.freepik.fields.filter { $0.path.count == 1 }.map(\.name).flatMap {
    field -> [Wrong] in
    let values =
      switch field {
      case "duration", "seed": ["\"x\"", "true", "[]", "{}", "null", "\"\"", "1.5"]
      case "additional_settings": ["\"x\"", "true", "[]", "5", "null", "\"\""]
      default: ["5", "true", "[]", "{}", "null", "\"\""]
      }
    return values.map { Wrong(field: field, value: $0) }
  }

  @Test(arguments: wrong) func wrongType(_ wrong: Wrong) async throws {
    let roles: [Role] = wrong.field == "start_image_url" ? [] : [.startImage]
    let result = try await Checking().job(roles, "\"\(wrong.field)\": \(wrong.value)")
    let findings = result.findings("job-field-type")
    #expect(findings.count == 1)
    #expect(findings.first?.severity == .error)
    #expect(findings.first?.pointer == "/\(wrong.field)")
    #expect(result.verdict == .invalid)
    if wrong.value == "null" || wrong.value == "\"\"" {
      #expect(findings.first?.fix?.text == "remove \(wrong.field)")
    }
  }

  @Test func exampleSettingHasABoolean() async throws {
    let right = try await Checking().job([.startImage], #""additional_settings": {"prompt_extend": false}"#)
    #expect(right.findings.isEmpty)
    let wrong = try await Checking().job([.startImage], #""additional_settings": {"prompt_extend": "yes"}"#)
    #expect(wrong.findings.map(\.severity) == [.warning])
    #expect(wrong.findings.first?.pointer == "/additional_settings/prompt_extend")
  }

  struct Unknown: Sendable, CustomTestStringConvertible {
    let key: String
    var pointer: String
    var meant: String?
    var testDescription: String { key }
  }

  @Test(arguments: [
    Unknown(key: "promt", pointer: "/promt", meant: "prompt"),
    Unknown(key: "Prompt", pointer: "/Prompt", meant: "prompt"),
    Unknown(key: "startImageUrl", pointer: "/startImageUrl", meant: "start_image_url"),
    Unknown(key: "start-image-url", pointer: "/start-image-url", meant: "start_image_url"),
    Unknown(key: "sede", pointer: "/sede", meant: "seed"),
    Unknown(key: "wholly_different", pointer: "/wholly_different"),
    Unknown(key: "a/b~c", pointer: "/a~1b~0c"), Unknown(key: "~1", pointer: "/~01"),
    Unknown(key: "", pointer: "/"), Unknown(key: "é/😀", pointer: "/é~1😀"),
  ])
  func unknownField(_ unknown: Unknown) async throws {
    let result = try await Checking().job([.startImage], "\"\(unknown.key)\": 1")
    let finding = try #require(result.findings.first)
    #expect(result.rules == ["job-unknown-field"])
    #expect(finding.severity == .warning)
    #expect(finding.pointer == unknown.pointer)
    #expect(finding.fix?.text == (unknown.meant.map { "did you mean \($0)?" } ?? "remove it"))
    #expect(result.verdict == .valid)
  }

  /// Names of other providers, by what they mean here.
  static let foreign: [(meant: String, names: [String])] = [
    (
      "start_image_url",
      [
        "image", "image_url", "imageUrl", "img_url", "image_uri", "first_frame", "first_frame_image",
        "firstFrameUrl",
        "first_frame_url", "start_frame", "start_image", "image_start", "promptImage", "prompt_image",
        "input_image",
        "init_image", "source_image_url", "image_base64", "first_image_url",
      ]
    ),
    (
      "end_image_url",
      [
        "tail_image_url", "tailImageUrl", "image_tail", "last_image_url", "last_image", "last_frame",
        "last_frame_url",
        "last_frame_image", "end_frame", "end_image", "image_end", "final_image_url", "endFrameImageUrl",
      ]
    ),
    ("audio_url", ["audio", "driving_audio_url", "sound_file", "input_audio", "audioUrl", "music_url"]),
    ("video_url", ["video", "first_clip_url", "input_video_url", "source_video", "videoUri"]),
    ("negative_prompt", ["neg_prompt", "negativePrompt", "negative"]),
    ("prompt", ["text", "text_prompt", "promptText"]),
    ("duration", ["seconds", "length", "num_frames", "video_length"]),
    ("resolution", ["size", "quality", "video_quality"]), ("seed", ["random_seed"]),
    ("webhook_url", ["webhook", "callback_url", "notify_url", "callBackUrl"]),
  ]

  @Test(arguments: foreign.flatMap { meaning in meaning.names.map { ($0, meaning.meant) } })
  func foreignName(_ name: String, _ meant: String) async throws {
    let result = try await Checking().job([.startImage], "\"\(name)\": \"x\"")
    #expect(result.findings.map(\.fix?.text) == ["did you mean \(meant)?"])
  }

  /// What has no field here says what to do, and never the name of the other frame.
  @Test(arguments: [
    ("prompt_extend", "additional_settings"), ("enable_prompt_expansion", "additional_settings"),
    ("prompt_optimizer", "additional_settings"), ("aspect_ratio", "remove it;"), ("fps", "remove it;"),
    ("model", "remove it;"), ("cfg_scale", "remove it;"), ("image_urls", "in its own field"),
    ("media", "in its own field"), ("input", "at the top"), ("reference_image_url", "no reference images"),
    ("mid_image_url", "remove it"), ("first_last_image", "remove it"), ("xx_image_url", "remove it"),
  ])
  func foreignNameWithoutAField(_ name: String, _ advice: String) async throws {
    let result = try await Checking().job([.startImage], "\"\(name)\": \"x\"")
    let fix = try #require(result.findings.first?.fix)
    #expect("\(fix)".contains(advice) && !"\(fix)".contains("did you mean"), "\(fix)")
  }

  @Test(arguments: [("stat_image_url", "start_image_url"), ("ned_image_url", "end_image_url")])
  func aSlipInAFrame(_ name: String, _ meant: String) async throws {
    let result = try await Checking().job([.startImage], "\"\(name)\": \"x\"")
    #expect(result.findings.first?.fix?.text == "did you mean \(meant)?")
  }

  @Test func whatIsRepeatedWithoutEndIsCounted() async throws {
    let members = (0..<1000).map { "\"x\($0)\": 1" }.joined(separator: ", ")
    let unknown = try await Checking().job([.startImage], members)
    #expect(unknown.findings("job-unknown-field").count == 51)
    #expect(unknown.findings.contains { $0.message == "950 more unknown fields" })
    let seeds = Array(repeating: "\"seed\": 1.5", count: 12).joined(separator: ", ")
    #expect(try await Checking().job([.startImage], seeds).findings("job-field-type").count <= 1)
  }

  @Test func unknownFieldIsFitToShow() async throws {
    let result = try await Checking().job([.startImage], #""sta\u0000rt\u007F\u0085": 1"#)
    #expect(
      result.findings.first?.message == #"unknown field `sta\u{0}rt\u{7F}\u{85}`"#)
  }

  @Test func unknownEnvelopeMember() async throws {
    let result = try await Checking().job(
      #"{"job": {"start_image_url": "\#(Named.start)"}, "priority": 1}"#)
    #expect(result.rules == ["job-unknown-field"])
  }

  @Test func placesAreThoseOfTheValues() async throws {
    let text = """
      {
        "start_image_url": "\(Named.start)",
        "prompt": "é😀", "duration":   16,
        "resolution"
          : "8K"
      }
      """
    let findings = try await Checking([Named.start: FakeAsset(.image(200, 150))]).job(text).findings
    #expect(findings.map(\.rule) == ["image-dimensions", "duration-range", "resolution"])
    #expect(findings.map(\.place.line) == [2, 3, 5])
    #expect(findings.map(\.place.column) == [22, 33, 7])
    #expect(findings.allSatisfy { $0.place.file == "job.json" })
    #expect(findings.map(\.pointer) == ["/start_image_url", "/duration", "/resolution"])
    #expect(findings.map(\.role) == [.startImage, nil, nil])
  }

  @Test func webhook() async throws {
    let cases: [(String, Severity?)] = [
      ("https://hooks.example.net/wan?token=s", nil), ("http://hooks.example.net/", .warning),
      ("https://localhost/hook", .warning), ("https://www.example.com/webhook", .warning),
      ("/hook", .error), ("hooks.example.net", .error), ("ftp://hooks.example.net/", .error),
    ]
    for (url, severity) in cases {
      let result = try await Checking().job([.startImage], "\"webhook_url\": \"\(url)\"")
      #expect(result.findings("webhook-url").map(\.severity) == [severity].compactMap(\.self), "\(url)")
      #expect(result.findings.allSatisfy { !$0.message.contains("token") })
    }
  }

  @Test func localPathInAJob() async throws {
    let text = #"{"start_image_url": "./a.png"}"#
    let check = try await Checking().job(text)
    #expect(check.findings("url-local").map(\.severity) == [.note])
    let submit = try await Checking { $0.submitting = true }.job(text)
    #expect(submit.findings("url-local").map(\.severity) == [.error])
    #expect(submit.verdict == .invalid)
    #expect(submit.notSubmittableBecause.first == .invalid)
    let outside = try await Checking().job(#"{"start_image_url": "/etc/hostname.png"}"#)
    #expect(outside.findings("url-local").map(\.severity) == [.error])
    #expect(outside.assets.first?.facts == nil)
  }
}
