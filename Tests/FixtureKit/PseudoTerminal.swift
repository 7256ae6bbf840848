public import Foundation
import Libc

/// A terminal for a program under test: what the program writes can be read here.
public final class PseudoTerminal {
  /// The end that a program writes to.
  public let programEnd: FileHandle
  private let readingEnd: FileHandle

  /// What was read so far; a terminal makes two characters of a line break, here it is one again.
  public var text: String { String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n") }
  private var bytes: [UInt8] = []

  /// Opens a new terminal.
  public init() throws {
    let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    guard descriptor >= 0 else { throw POSIXError(.ENODEV) }
    readingEnd = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard let name = Self.nameOfProgramEnd(descriptor) else { throw POSIXError(.ENODEV) }
    let other = open(name, O_RDWR | O_NOCTTY)
    guard other >= 0 else { throw POSIXError(.ENODEV) }
    programEnd = FileHandle(fileDescriptor: other, closeOnDealloc: true)
  }

  private static func nameOfProgramEnd(_ descriptor: CInt) -> String? {
    #if canImport(Darwin)
      guard grantpt(descriptor) == 0, unlockpt(descriptor) == 0 else { return nil }
      return ptsname(descriptor).map { String(cString: $0) }
    #else
      // Glibc does not show `grantpt` and its like to Swift: these are TIOCSPTLCK and TIOCGPTN of <asm/ioctls.h>.
      var lock: CInt = 0
      var number: CUnsignedInt = 0
      guard ioctl(descriptor, 0x4004_5431, &lock) == 0, ioctl(descriptor, 0x8004_5430, &number) == 0 else {
        return nil
      }
      return "/dev/pts/\(number)"
    #endif
  }

  /// Reads until `needle` was written; whether it was, before every writer closed it or half a minute passed.
  public func wait(for needle: String) -> Bool {
    let deadline = Date.now + 30
    while !text.contains(needle) {
      guard Date.now < deadline, readMore(withinMilliseconds: 500) else { return false }
    }
    return true
  }

  /// Types `text`.
  public func type(_ text: String) throws { try readingEnd.write(contentsOf: Data(text.utf8)) }

  /// Reads what was written by a program that has ended.
  public func drain() {
    while isReadable(withinMilliseconds: 100), readMore(withinMilliseconds: 100) {}
  }

  private func isReadable(withinMilliseconds milliseconds: CInt) -> Bool {
    var descriptor = pollfd(fd: readingEnd.fileDescriptor, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, milliseconds) > 0
  }

  /// False at the end; true if there was something, or nothing yet.
  private func readMore(withinMilliseconds milliseconds: CInt) -> Bool {
    guard isReadable(withinMilliseconds: milliseconds) else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(readingEnd.fileDescriptor, &buffer, buffer.count)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    return true
  }
}
