import Libc
import MediaFacts

/// A descriptor of a source's file that cannot be used for writing, for a process that is not trusted.
final class ReadOnlyDescriptor {
  let number: CInt
  private let isOurs: Bool

  /// `nil` if the source has no file, or the file can only be opened with the right to write.
  init?(of source: any ByteSource) {
    guard let descriptor = source.fileDescriptor else { return nil }
    let flags = fcntl(descriptor, F_GETFL)
    guard flags >= 0 else { return nil }
    if flags & O_ACCMODE == O_RDONLY {
      (number, isOurs) = (descriptor, false)
      return
    }
    #if os(Linux)
      // A temporary file has no name any more, but can be opened again by this one.
      let reopened = open("/proc/self/fd/\(descriptor)", O_RDONLY | O_CLOEXEC)
      guard reopened >= 0 else { return nil }
      (number, isOurs) = (reopened, true)
    #else
      return nil
    #endif
  }

  deinit {
    if isOurs { close(number) }
  }
}
