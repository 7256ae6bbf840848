import NIOCore
import Synchronization

/// Answers the requests of every connection by a table of routes, and notes them.
final class RouteService: Sendable {
  private struct Table {
    var routes: [String: Route]
    /// How many requests each path has had since its route was set.
    var counts: [String: Int] = [:]
  }

  let log = ActivityLog()
  private let table: Mutex<Table>

  init(_ routes: [String: Route]) { table = Mutex(Table(routes: routes)) }

  /// The route at `path`.
  subscript(path: String) -> Route? {
    get { table.withLock { $0.routes[path] } }
    set {
      table.withLock {
        $0.routes[path] = newValue
        $0.counts[path] = nil
      }
    }
  }

  /// Talks to one client until it or an answer ends the connection.
  func serve(_ connection: Connection, reads: Bool) async throws {
    log.connectionOpened()
    defer { log.connectionClosed() }
    guard reads else { return await connection.untilClosed() }
    var parser = RequestHeadParser()
    for try await bytes in connection.inbound {
      parser.append(bytes)
      do {
        while let head = try parser.next() {
          guard try await answer(head, on: connection) else { return }
        }
      } catch let failure as RequestHeadParser.Failure {
        try await connection.refuse(failure)
        return
      }
    }
  }

  /// Whether another request may follow.
  private func answer(_ head: RequestHead, on connection: Connection) async throws -> Bool {
    let script = nextAnswer(to: head.path).script(for: head)
    let number = log.began(
      RecordedRequest(head: head, connection: connection.number, status: script.status))
    defer { log.ended(number) }
    try await connection.perform(script.steps) {
      log.sent($0, for: number)
    } answered: {
      log.answered(number)
    }
    return !script.isLast
  }

  private func nextAnswer(to path: String) -> Answer {
    table.withLock { table in
      let earlier = table.counts[path, default: 0]
      table.counts[path] = earlier + 1
      return table.routes[path]?.answer(after: earlier) ?? .status(404)
    }
  }
}
