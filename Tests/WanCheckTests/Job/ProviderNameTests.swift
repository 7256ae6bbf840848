import JudgingKit
import Testing
import WanCheck

/// A name as a provider writes it, and the field that it means.
struct ProviderName: Sendable, CustomTestStringConvertible {
  var name: String
  var pointer: String?
  var line: Int?
  var column: Int?

  var testDescription: String { name }

  init(_ name: String, _ pointer: String?, _ line: Int? = nil, _ column: Int? = nil) {
    (self.name, self.pointer, self.line, self.column) = (name, pointer, line, column)
  }

  static let all = [
    ProviderName("duration", "/duration", 3, 15), ProviderName("body.duration", "/duration", 3, 15),
    ProviderName("/duration", "/duration", 3, 15), ProviderName("$.duration", "/duration", 3, 15),
    ProviderName("body[\"duration\"]", "/duration", 3, 15),
    ProviderName("additional_settings.prompt_extend", "/additional_settings/prompt_extend", 4, 44),
    ProviderName("additional_settings.unknown", "/additional_settings", 4, 26),
    ProviderName("seed", "/seed", 1, 1), ProviderName("start_image_url", "/start_image_url", 2, 22),
    ProviderName("", nil), ProviderName("nonsense", nil), ProviderName("body", nil), ProviderName("...", nil),
    ProviderName("__proto__", nil), ProviderName("duration.0.x", "/duration", 3, 15),
  ]
}

struct ProviderNameTests {
  private static let text = """
    {
      "start_image_url": "https://cdn.example.net/a.png",
      "duration": 15,
      "additional_settings": {"prompt_extend": true}
    }
    """

  @Test(arguments: ProviderName.all)
  func aNameLeadsToItsField(_ given: ProviderName) {
    let job = Job.reading(Self.text, file: "job.json")
    let field = job.field(namedByProvider: given.name)
    #expect(field?.pointer == given.pointer)
    #expect(field?.place.line == given.line)
    #expect(field?.place.column == given.column)
  }
}
