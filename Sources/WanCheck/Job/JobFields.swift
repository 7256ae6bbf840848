public import JobDocuments

/// The fields of the request body, as the API page lists them.
public enum JobFields {
  enum FieldType: String {
    case string
    case integer
    case object

    var article: String {
      switch self {
      case .string: "a string"
      case .integer: "an integer"
      case .object: "an object"
      }
    }
  }

  /// Their names, in the order of the page.
  public static let names = [
    "webhook_url", "prompt", "negative_prompt", "start_image_url", "end_image_url", "audio_url", "video_url",
    "resolution", "duration", "seed", "additional_settings",
  ]

  static let types: [String: FieldType] = Dictionary(
    uniqueKeysWithValues: names.map { name in
      switch name {
      case "duration", "seed": (name, .integer)
      case "additional_settings": (name, .object)
      default: (name, .string)
      }
    })

  /// Whether a document holds any of them, and so is a request body.
  public static func arePresent(in document: DocumentValue) -> Bool {
    (document.members ?? []).contains { types[$0.key] != nil }
  }
}
