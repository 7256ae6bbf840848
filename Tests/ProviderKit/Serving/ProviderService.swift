import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers requests, as the provider does and as the faults have it.
struct ProviderService: Sendable {
  let options: ProviderSimulator.Options
  let journal: CallJournal
  let media: MediaShelf

  /// The most that is taken of a body.
  private static let mostBytes = 16 << 20

  /// Answers one request.
  ///
  /// - Throws: where the connection ends before the answer does.
  func respond(
    to request: Request, with writer: consuming ResponseWriter, on channel: any Channel
  ) async throws {
    let response = try await response(to: request, on: channel)
    try await writer.write(response: response.head, body: response.body)
  }

  private func response(to request: Request, on channel: any Channel) async throws -> Response {
    let (method, target) = (request.method.rawValue, request.head.path ?? "")
    let host = request.head.authority.map { [ProviderCall.Field("Host", $0)] } ?? []
    let fields = host + request.headers.map { ProviderCall.Field($0.name.rawName, $0.value) }
    let endpoint = Endpoint(method: method, target: target)
    if endpoint == .media {
      let (file, answer) = media.answer(method: method, target: target, fields: fields)
      return mediaResponse(file, answer, isHead: method == "HEAD")
    }

    let (index, head) = journal.began(endpoint, method: method, path: target, fields: fields)
    let isPlanned = endpoint.kind != .other
    let early = isPlanned ? options.planAtHead(head) : nil
    if let early, early.isEarly {
      journal.struck(index, early)
      if early != .resetBeforeReading { for try await _ in request.body { break } }
      return try await Exchange(channel: channel, fields: []).perform(early, usual: nil)
    }
    let call = journal.arrived(index, body: try await wholeBody(of: request))
    let planned = early ?? (isPlanned ? options.plan(call) : nil)
    let (usual, fault) = journal.settle(index, endpoint, planned)
    let latency = isPlanned ? options.latency(call) : .zero
    if latency > .zero { try await Task.sleep(for: latency) }
    let common = options.headers(call).map { ProviderCall.Field($0, $1) }
    return try await Exchange(channel: channel, fields: common).perform(fault, usual: usual)
  }

  /// All of a body.
  ///
  /// - Throws: `ConnectionEnded` where less comes than was announced: the server ends a body where its connection ends.
  private func wholeBody(of request: Request) async throws -> Data {
    let bytes = try await request.body.collect(upTo: Self.mostBytes)
    if let announced = request.headers[.contentLength].flatMap({ Int($0) }) {
      guard bytes.readableBytes == announced else { throw ConnectionEnded() }
    }
    return Data(bytes.readableBytesView)
  }

  private func mediaResponse(_ file: MediaFile?, _ answer: MediaAnswer, isHead: Bool) -> Response {
    var head = HTTPFields()
    head[.contentRange] = answer.contentRange
    if let file, answer.status != 405 {
      head[.acceptRanges] = "bytes"
      head[.eTag] = file.entityTag
      head[.lastModified] = file.lastModified
    }
    guard let file, let range = answer.range else {
      if answer.status != 304 { head[.contentLength] = "0" }
      return Response(status: .init(code: answer.status), headers: head)
    }
    head[.contentType] = file.type
    let body = ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes[range]))
    head[.contentLength] = "\(range.count)"
    return Response(
      status: .init(code: answer.status), headers: head, body: isHead ? ResponseBody() : body)
  }
}
