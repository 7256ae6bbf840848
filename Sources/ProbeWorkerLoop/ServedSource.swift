import MediaFacts
import ProbeChannel
import Synchronization

/// Bytes that the parent reads on behalf of the worker.
final class ServedSource: ByteSource {
  let length: Int64?
  private let channel: Channel
  /// The first failure, which every later read throws again.
  private let failure = Mutex<ByteSourceError?>(nil)

  init(_ channel: Channel, length: Int64?) {
    self.channel = channel
    self.length = length
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    if let failure = failure.withLock({ $0 }) { throw failure }
    guard !buffer.isEmpty else { return 0 }
    let order = ReadOrder(offset: offset, count: buffer.count)
    let answer: Result<[UInt8], ByteSourceError>
    do throws(ChannelFailure) {
      answer = try ask(order)
    } catch {
      throw keep(ByteSourceError(.cancelled, message: "nobody reads for this worker any more"))
    }
    let bytes = try answer.get()
    buffer.copyBytes(from: bytes)
    return bytes.count
  }

  private func ask(_ order: ReadOrder) throws(ChannelFailure) -> Result<[UInt8], ByteSourceError> {
    try channel.send(Frame(.read, order.payload))
    let frame = try channel.receive()
    guard frame.kind == .bytes else {
      return .failure(keep(try frame.message(ByteSourceError.self, of: .readFailure)))
    }
    guard frame.payload.count <= order.count else { throw .nonsense }
    return .success(frame.payload)
  }

  func cancel() {}

  private func keep(_ error: ByteSourceError) -> ByteSourceError {
    failure.withLock { $0 = $0 ?? error }
    return error
  }
}
