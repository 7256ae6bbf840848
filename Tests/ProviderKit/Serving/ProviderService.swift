import Foundation
import NIOCore
import ServerKit

/// Answers requests, as the provider does and as the faults have it.
struct ProviderService: Sendable {
  let options: ProviderSimulator.Options
  let journal: CallJournal
  let media: MediaShelf

  /// Talks to one client until it or a fault ends the connection.
  func serve(_ connection: Connection) async throws {
    var reader = RequestReader(connection)
    do {
      while let head = try await reader.head() {
        try await answer(head, &reader, on: connection)
        guard head.asksToKeepAlive else { return }
      }
    } catch let failure as RequestHeadParser.Failure {
      try await connection.refuse(failure)
    }
  }

  private func answer(
    _ request: RequestHead, _ reader: inout RequestReader, on connection: Connection
  ) async throws {
    let isHost = { (field: HeaderField) in field.name.lowercased() == "host" }
    let fields = (request.fields.filter(isHost) + request.fields.filter { !isHost($0) })
      .map { ProviderCall.Field($0.name, $0.value) }
    let endpoint = Endpoint(method: request.method, target: request.target)
    if endpoint == .media {
      guard try await reader.body(of: request) != nil else { throw ConnectionEnded() }
      let (file, answer) = media.answer(method: request.method, target: request.target, fields: fields)
      return try await send(file, answer, isHead: request.method == "HEAD", on: connection)
    }

    let (index, head) = journal.began(
      endpoint, method: request.method, path: request.target, fields: fields)
    let isPlanned = endpoint.kind != .other
    let early = isPlanned ? options.planAtHead(head) : nil
    if let early, early.isEarly {
      journal.struck(index, early)
      if early != .resetBeforeReading { try await reader.waitForBody() }
      return try await Exchange(connection: connection).perform(early, usual: nil)
    }
    guard let body = try await reader.body(of: request) else { throw ConnectionEnded() }
    let call = journal.arrived(index, body: Data(body.readableBytesView))
    let planned = early ?? (isPlanned ? options.plan(call) : nil)
    let (usual, fault) = journal.settle(index, endpoint, planned)
    let latency = isPlanned ? options.latency(call) : .zero
    if latency > .zero { try await Task.sleep(for: latency) }
    let common = options.headers(call).map { ProviderCall.Field($0, $1) }
    try await Exchange(connection: connection, fields: common).perform(fault, usual: usual)
  }

  private func send(
    _ file: MediaFile?, _ answer: MediaAnswer, isHead: Bool, on connection: Connection
  ) async throws {
    var fields: [ProviderCall.Field] = []
    func add(_ name: String, _ value: String?) { if let value { fields.append(.init(name, value)) } }
    add("Content-Range", answer.contentRange)
    if let file, answer.status != 405 {
      add("Accept-Ranges", "bytes")
      add("ETag", file.entityTag)
      add("Last-Modified", file.lastModified)
    }
    let range = answer.range ?? 0..<0
    if answer.range != nil { add("Content-Type", file?.type) }
    if answer.status != 304 { add("Content-Length", "\(range.count)") }
    let exchange = Exchange(connection: connection)
    try await exchange.sendHead(answer.status, fields)
    if let file, !isHead { try await connection.send(ByteBuffer(bytes: file.bytes[range])) }
  }
}
