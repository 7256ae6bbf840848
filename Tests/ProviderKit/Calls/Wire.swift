import Foundation

/// What the API's answers are made of.
enum Wire {
  /// The usual answer of the API to a call.
  struct Answer: Equatable {
    var status: Int
    /// JSON.
    var body: String
  }

  /// A task in full.
  struct Task: Encodable {
    var id: String
    var status: String
    var generated: [Result]

    enum CodingKeys: String, CodingKey {
      case id = "task_id"
      case status, generated
    }
  }

  /// A task in the list of tasks.
  struct Entry: Encodable {
    var id: String
    var status: String

    enum CodingKeys: String, CodingKey {
      case id = "task_id"
      case status
    }
  }

  /// An element of `generated`.
  enum Result: Encodable {
    case text(String)
    case object(String)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .text(let url): try url.encode(to: encoder)
      case .object(let url): try ["url": url].encode(to: encoder)
      }
    }
  }

  /// An answer of status 200 that has `value` as its `data`.
  static func answer(_ value: some Encodable) -> Answer { Answer(status: 200, body: json(["data": value])) }

  /// A refusal.
  static func refusal(_ status: Int, _ message: String, parameters: [Refusal.Parameter]? = nil) -> Answer {
    Answer(status: status, body: json(Refusal(message: message, parameters: parameters)))
  }

  /// JSON with its members in the order of their names.
  static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and lists of them can always be written.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  /// Whether `body` is a JSON object.
  static func isObject(_ body: Data) -> Bool {
    (try? JSONSerialization.jsonObject(with: body)) is [String: Any]
  }
}
