import Foundation

/// A report in JSON as far as tests of fetching look at it.
struct ReportModel: Decodable {
  var results: [Result]
  var summary: [String: Int]

  struct Result: Decodable {
    var input: String
    var verdict: String
    var submittable: Bool
    var notSubmittableBecause: [String]
    var assets: [Asset]
    var findings: [Finding]

    private enum CodingKeys: String, CodingKey {
      case input, verdict, submittable, assets, findings
      case notSubmittableBecause = "not_submittable_because"
    }

    /// The rules of its findings, but those that every asset of a plain server on loopback breaks.
    var rules: [String] { findings.map(\.rule).filter { !Self.ofLoopback.contains($0) } }

    /// What is said of every asset that comes over http from loopback.
    static let ofLoopback: Set<String> = ["url-not-public", "url-insecure"]
  }

  struct Asset: Decodable {
    var location: String
    var facts: [String: JSONValue]?
    var delivery: Delivery?
  }

  struct Delivery: Decodable, Equatable {
    var finalURL: String
    var status: Int
    var redirects: Int
    var requests: Int
    var bytesReceived: Int
    var etag: String?
    var contentType: String?
    var contentEncoding: String?

    private enum CodingKeys: String, CodingKey {
      case status, redirects, requests, etag
      case finalURL = "final_url"
      case bytesReceived = "bytes_received"
      case contentType = "content_type"
      case contentEncoding = "content_encoding"
    }
  }

  struct Finding: Decodable {
    var rule: String
    var severity: String
    var effect: String
    var message: String
    var actual: JSONValue?
    var readings: JSONValue?
  }
}

/// Any value of a report.
enum JSONValue: Decodable, Hashable, Sendable, CustomStringConvertible {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONValue].self))
    }
  }

  var description: String {
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
