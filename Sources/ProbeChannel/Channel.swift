import CWorkers
import Libc

/// One end of the socket between a process and a worker. It sends and receives whole frames.
///
/// Only one thread at a time may send and receive. Any thread may hang up.
package final class Channel: Sendable {
  private let socket: CInt

  /// The end with the descriptor `socket`, which this object closes.
  package init(takingOwnershipOf socket: CInt) {
    self.socket = socket
  }

  deinit {
    close(socket)
  }

  /// Ends the connection for the other side, and for every wait on this side.
  package func hangUp() {
    shutdown(socket, Int32(SHUT_RDWR))
  }

  /// Whether there is something to receive: a message of the other side, or its end.
  package var isReadable: Bool { wan_wait(socket, 0, 0) != 0 }

  /// Sends `frame`, and with it a copy of `descriptor`.
  /// - Parameter deadline: When to stop trying; `nil` waits as long as the other side exists.
  package func send(
    _ frame: Frame, descriptor: CInt? = nil, by deadline: ContinuousClock.Instant? = nil
  ) throws(ChannelFailure) {
    let bytes = frame.encoded
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer -> Int in
        guard let start = buffer.baseAddress else { return 0 }
        return wan_send(socket, start + sent, buffer.count - sent, sent == 0 ? descriptor ?? -1 : -1)
      }
      if count > 0 {
        sent += count
      } else if -count == Int(EAGAIN) {
        try wait(forWriting: true, deadline)
      } else {
        throw failure(-count)
      }
    }
  }

  /// Receives a frame, and the descriptor sent with it, which then belongs to the caller; -1 if none was
  /// sent.
  package func receiveWithDescriptor() throws(ChannelFailure) -> (frame: Frame, descriptor: CInt) {
    var descriptor: CInt = -1
    do throws(ChannelFailure) {
      return (try receive(nil, &descriptor), descriptor)
    } catch {
      if descriptor >= 0 { close(descriptor) }
      throw error
    }
  }

  /// Receives a frame.
  /// - Parameter deadline: When to stop trying; `nil` waits as long as the other side exists.
  package func receive(by deadline: ContinuousClock.Instant? = nil) throws(ChannelFailure) -> Frame {
    try receive(deadline, nil)
  }

  private func receive(
    _ deadline: ContinuousClock.Instant?, _ descriptor: UnsafeMutablePointer<CInt>?
  ) throws(ChannelFailure) -> Frame {
    let (kind, length) = try Frame.header(try receive(Frame.headerSize, deadline, descriptor))
    return Frame(kind, length == 0 ? [] : try receive(length, deadline, nil))
  }

  private func receive(
    _ count: Int, _ deadline: ContinuousClock.Instant?, _ descriptor: UnsafeMutablePointer<CInt>?
  ) throws(ChannelFailure) -> [UInt8] {
    var failed: ChannelFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count, let start = buffer.baseAddress {
        do throws(ChannelFailure) {
          if deadline != nil { try wait(forWriting: false, deadline) }
          let received = wan_receive(socket, start + filled, count - filled, descriptor)
          guard received > 0 else { throw received == 0 ? .closed : failure(-received) }
          filled += received
        } catch {
          failed = error
          return
        }
      }
    }
    if let failed { throw failed }
    return bytes
  }

  private func wait(forWriting: Bool, _ deadline: ContinuousClock.Instant?) throws(ChannelFailure) {
    while true {
      var milliseconds: CInt = -1
      if let deadline {
        let left = deadline - ContinuousClock.now
        guard left > .zero else { throw .timedOut }
        milliseconds = CInt(
          clamping: left.components.seconds * 1000 + 1 + left.components.attoseconds / 1_000_000_000_000_000)
      }
      let ready = wan_wait(socket, forWriting ? 1 : 0, milliseconds)
      if ready < 0 { throw .system(-ready) }
      if ready > 0 { return }
    }
  }

  private func failure(_ errno: Int) -> ChannelFailure {
    let number = CInt(clamping: errno)
    return number == EPIPE || number == ECONNRESET ? .closed : .system(number)
  }
}

extension Channel {
  /// Two connected ends.
  package static func pair() throws(ChannelFailure) -> (Channel, socketOfTheOther: CInt) {
    var sockets: [CInt] = [-1, -1]
    let error = wan_connected_sockets(&sockets)
    guard error == 0 else { throw .system(error) }
    return (Channel(takingOwnershipOf: sockets[0]), sockets[1])
  }
}
