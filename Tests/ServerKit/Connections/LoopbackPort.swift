/// A port of this machine's loopback address, 127.0.0.1, on which a server listens.
public struct LoopbackPort: Sendable, Hashable, CustomStringConvertible {
  /// The port's number.
  public let number: Int

  /// The port of that number.
  public init(_ number: Int) { self.number = number }

  /// Host and port as in a URL.
  public var description: String { "127.0.0.1:\(number)" }
}
