import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A standard stream of the process.
struct StandardStream: Sendable {
  static let input = StandardStream(descriptor: .standardInput)
  static let output = StandardStream(descriptor: .standardOutput)
  static let error = StandardStream(descriptor: .standardError)

  let descriptor: FileDescriptor

  /// Whether the stream is a terminal.
  var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  /// The number of columns of the terminal; `nil` if the stream is not a terminal or the number is not known.
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

  /// Writes a line of diagnostics. A failure is ignored, since it cannot be reported.
  func writeLine(_ text: String) {
    try? write(text + "\n")
  }

  /// Opens the standard streams that the process was started without. Otherwise a ledger or a
  /// connection could get such a descriptor, and a report would be written to it. Reading and writing
  /// these streams still fail.
  static func takeMissing() {
    for (stream, mode) in [
      (input, FileDescriptor.AccessMode.writeOnly), (output, .readOnly), (error, .readOnly),
    ] {
      // `open` uses the lowest free descriptor, which is the missing one.
      if fcntl(stream.descriptor.rawValue, F_GETFD) == -1 { _ = try? FileDescriptor.open("/dev/null", mode) }
    }
  }

  /// Makes a write to a closed pipe return an error, instead of a signal that ends the process.
  static func ignoreClosedPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}

/// A failure to write output.
struct OutputFailure: Error {
  let errno: Errno

  init(_ errno: Errno) { self.errno = errno }

  /// Whether the reader closed the pipe, as `head` does, which is not an error.
  var isClosedPipe: Bool { errno == .brokenPipe }

  /// The exit status: success if the reader closed the pipe, else a failure with the
  /// reason on standard error.
  var exitStatus: ExitStatus {
    if isClosedPipe { return .valid }
    let reason =
      errno == .badFileDescriptor
      ? "standard output is closed; redirect it to /dev/null to discard it"
      : "cannot write the output: \(errno)"
    StandardStream.error.writeLine("wan-check: \(reason)")
    return .internalError
  }
}
