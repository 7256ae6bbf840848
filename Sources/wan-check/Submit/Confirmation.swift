import NIOPosix
import Synchronization
import SystemPackage
import WanSubmit

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The question on a terminal before money is spent.
enum Confirmation {
  /// Whether anybody would be asked: nobody is where nobody reads along.
  static var isAsked: Bool { StandardStream.error.isTerminal }

  /// Whether `count` of `all` jobs may be sent to `base`.
  static func isGiven(_ count: Int, of all: Int, _ base: ProviderBase) async -> Bool {
    let jobs = count == 1 ? "1 job" : "\(count) jobs"
    let rest = count == all ? "" : " of \(all)"
    let question = "Send \(jobs)\(rest) to \(base)? Each that is accepted is billed. [y/N] "
    try? StandardStream.error.write(question)
    let isOver = Atomic(false)
    let answer = await withTaskCancellationHandler {
      try? await NIOThreadPool.singleton.runIfActive { readAnswer { isOver.load(ordering: .relaxed) } }
    } onCancel: {
      isOver.store(true, ordering: .relaxed)
    }
    return ["y", "yes"].contains((answer ?? "").lowercased())
  }

  /// A line from the terminal: standard input, unless the jobs come from there. Empty if it `isOver` before.
  private static func readAnswer(isOver: () -> Bool) -> String {
    if StandardStream.input.isTerminal { return line(of: .standardInput, isOver) }
    guard let terminal = try? FileDescriptor.open("/dev/tty", .readOnly, options: .closeOnExec) else {
      return ""
    }
    defer { try? terminal.close() }
    return line(of: terminal, isOver)
  }

  private static func line(of descriptor: FileDescriptor, _ isOver: () -> Bool) -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.count < 64 {
      // Who interrupts does not type an end of line.
      var wait = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
      guard !isOver() else { return "" }
      guard poll(&wait, 1, 100) != 0 else { continue }
      let count = withUnsafeMutableBytes(of: &byte) { (try? descriptor.read(into: $0)) ?? 0 }
      guard count == 1, byte != UInt8(ascii: "\n") else { break }
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self).filter { !$0.isWhitespace }
  }
}
