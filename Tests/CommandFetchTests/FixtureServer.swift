import FixtureKit
import Foundation
import ServerKit

extension Fixture {
  /// The fixture's bytes as served content, with an entity tag of their own.
  func content(type: String? = "application/octet-stream") throws -> Content {
    let data = try Data(contentsOf: url)
    return Content(data, type: type, entityTag: "\"\(path)\"")
  }

  /// Routes that serve each of `fixtures` at its path, as a good server does.
  static func routes(_ fixtures: [Fixture]) throws -> [String: Route] {
    try Dictionary(
      uniqueKeysWithValues: fixtures.map { ("/\($0.path)", [.ranged(try $0.content())]) })
  }
}

/// The traffic of one path.
struct ServerAccount: Equatable {
  var requests = 0
  var bytes = 0

  /// The traffic of each path in `log`.
  static func of(_ log: [RecordedRequest]) -> [String: ServerAccount] {
    log.reduce(into: [:]) { accounts, request in
      accounts[request.head.path, default: ServerAccount()].requests += 1
      accounts[request.head.path, default: ServerAccount()].bytes += request.bodyBytesSent
    }
  }
}
