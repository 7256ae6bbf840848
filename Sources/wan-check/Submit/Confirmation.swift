import Libc
import NIOPosix
import Synchronization
import SystemPackage
import WanSubmit

/// The question on a terminal before money is spent.
enum Confirmation {
  /// Whether the question is asked: only if there is a terminal.
  static var isAsked: Bool { StandardStream.input.isTerminal || StandardStream.error.isTerminal }

  /// Whether `count` of `all` jobs may be sent to `base`.
  static func isGiven(_ count: Int, of all: Int, _ base: ProviderBase) async -> Bool {
    let jobs = count == 1 ? "1 job" : "\(count) jobs"
    let rest = count == all ? "" : " of \(all)"
    let question = "Send \(jobs)\(rest) to \(base)? Each that is accepted is billed. [y/N] "
    let isOver = Atomic(false)
    // The thread that reads the answer cannot be cancelled, so it regularly checks whether
    // the answer is still needed.
    return await withTaskCancellationHandler {
      let answer = try? await NIOThreadPool.singleton.runIfActive { ask(question, isOver) }
      return ["y", "yes"].contains((answer ?? "").lowercased())
    } onCancel: {
      isOver.store(true, ordering: .relaxed)
    }
  }

  /// Asks on standard error and reads the answer from standard input. If either is not a
  /// terminal, it uses `/dev/tty`.
  private static func ask(_ question: String, _ isOver: borrowing Atomic<Bool>) -> String {
    let terminal = try? FileDescriptor.open("/dev/tty", .readWrite, options: .closeOnExec)
    defer { try? terminal?.close() }
    guard
      let output = StandardStream.error.isTerminal ? StandardStream.error.descriptor : terminal,
      let input = StandardStream.input.isTerminal ? StandardStream.input.descriptor : terminal
    else { return "" }
    try? StandardStream(descriptor: output).write(question)
    return line(of: input, isOver)
  }

  private static func line(of descriptor: FileDescriptor, _ isOver: borrowing Atomic<Bool>) -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.count < 64, !isOver.load(ordering: .relaxed) {
      var waiting = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 100) > 0 else { continue }
      let count = withUnsafeMutableBytes(of: &byte) { (try? descriptor.read(into: $0)) ?? 0 }
      guard count == 1, byte != UInt8(ascii: "\n") else { break }
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self).filter { !$0.isWhitespace }
  }
}
