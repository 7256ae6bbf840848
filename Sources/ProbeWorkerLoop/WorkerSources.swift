import Libc
import MediaFacts
import ProbeChannel
import Synchronization

/// A file that the parent opened. The worker reads it by position, through the descriptor that it received.
final class DescriptorSource: ByteSource {
  let length: Int64?
  private let descriptor: CInt

  /// The file at `descriptor`, which the caller closes later.
  init(descriptor: CInt, length: Int64?) {
    self.descriptor = descriptor
    self.length = length
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0 else {
      throw ByteSourceError(.unreadable, message: "a read before the start of the file")
    }
    // The end is the one that the parent measured. The parent detects bytes that were added later.
    let wanted = length.map { Int(clamping: min(Int64(buffer.count), $0 - offset)) } ?? buffer.count
    guard wanted > 0 else { return 0 }
    while true {
      let count = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
      if count > 0 || (count == 0 && length == nil) { return count }
      if count == 0 { throw ByteSourceError(.changed, message: "the file became shorter while it was read") }
      let number = errno
      if number != EINTR {
        throw ByteSourceError(.unreadable, message: String(cString: strerror(number)), errno: number)
      }
    }
  }

  /// Does nothing, because a parent that cancels ends the worker.
  func cancel() {}
}

/// The bytes of an asset that the parent reads for the worker.
final class ParentSource: ByteSource {
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
    let request = ReadRequest(offset: offset, count: buffer.count)
    let answer: Result<[UInt8], ByteSourceError>
    do throws(ChannelFailure) {
      answer = try ask(request)
    } catch {
      throw keep(ByteSourceError(.cancelled, message: "the parent of this worker is gone"))
    }
    let bytes = try answer.get()
    buffer.copyBytes(from: bytes)
    return bytes.count
  }

  private func ask(_ request: ReadRequest) throws(ChannelFailure) -> Result<[UInt8], ByteSourceError> {
    try channel.send(Frame(.read, request.payload))
    let frame = try channel.receive()
    guard frame.kind == .bytes else {
      return .failure(keep(try frame.message(ByteSourceError.self, of: .readFailure)))
    }
    guard frame.payload.count <= request.count else { throw .protocolViolation }
    return .success(frame.payload)
  }

  func cancel() {}

  private func keep(_ error: ByteSourceError) -> ByteSourceError {
    failure.withLock { $0 = $0 ?? error }
    return error
  }
}
