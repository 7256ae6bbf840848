import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A stream that the process was started with.
struct StandardStream: Sendable {
  static let input = StandardStream(descriptor: .standardInput)
  static let output = StandardStream(descriptor: .standardOutput)
  static let error = StandardStream(descriptor: .standardError)

  let descriptor: FileDescriptor

  /// Whether a person reads along.
  var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  /// How many columns the terminal has; `nil` if it is none, or does not say.
  var columns: Int? {
    var size = winsize()
    guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all of `text`.
  func write(_ text: String) throws(OutputFailure) {
    try write(Array(text.utf8))
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(OutputFailure) {
    guard !bytes.isEmpty else { return }
    do {
      try _ = descriptor.writeAll(bytes)
    } catch {
      throw OutputFailure(error as? Errno ?? .ioError)
    }
  }

  /// Writes a line of diagnostics; if even that fails, there is nobody left to tell.
  func writeLine(_ text: String) {
    try? write(text + "\n")
  }

  /// Takes the numbers of the streams that the process was started without: what is opened next, a ledger or a
  /// connection, would get such a number, and a report be written into it. Reading and writing fail as before.
  static func takeMissing() {
    for (stream, mode) in [
      (input, FileDescriptor.AccessMode.writeOnly), (output, .readOnly), (error, .readOnly),
    ] {
      // The lowest number that is free, which is the one that is missing.
      if fcntl(stream.descriptor.rawValue, F_GETFD) == -1 { _ = try? FileDescriptor.open("/dev/null", mode) }
    }
  }

  /// Makes a write to a closed pipe an error that can be handled, not a signal that ends the process.
  static func ignoreClosedPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}

/// Why output could not be written.
struct OutputFailure: Error {
  let errno: Errno

  init(_ errno: Errno) { self.errno = errno }

  /// A reader that has seen enough closes the pipe: that is no error of ours.
  var isClosedPipe: Bool { errno == .brokenPipe }

  /// How the process ends: quietly if the reader left, else with the reason on standard error.
  var exitStatus: ExitStatus {
    if isClosedPipe { return .valid }
    let reason =
      errno == .badFileDescriptor
      ? "standard output is closed: send it to /dev/null if nobody is to read it"
      : "cannot write the output: \(errno)"
    StandardStream.error.writeLine("wan-check: \(reason)")
    return .internalError
  }
}
