import FixtureKit
import Foundation

/// The part of a JSON report that tests of fetching need.
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

    /// The rules of the findings, except those that every asset from a plain server on loopback breaks.
    var rules: [String] { findings.map(\.rule).filter { !Self.ofLoopback.contains($0) } }

    /// The rules that report every asset that comes over http from loopback.
    static let ofLoopback: Set<String> = ["url-not-public", "url-insecure"]
  }

  struct Asset: Decodable {
    var location: String
    var facts: [String: ReportValue]?
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
    var actual: ReportValue?
    var readings: ReportValue?
  }
}
