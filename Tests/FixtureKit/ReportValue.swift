/// Any value of a report.
public enum ReportValue: Decodable, Hashable, Sendable, CustomStringConvertible {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([ReportValue])
  case object([String: ReportValue])

  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([ReportValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: ReportValue].self))
    }
  }

  /// The value for messages of tests.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .number(let number): "\(number)"
    case .text(let text): text
    case .list(let list): "\(list)"
    case .object(let object): "\(object.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })"
    }
  }
}
