import Foundation
import Libc
import SystemPackage
import Testing

/// A folder of its own for one test, removed with all that is in it when the test lets go of it.
final class TemporaryFolder {
  let path: FilePath

  init() throws {
    var template = Array("/tmp/asset-source-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    // Where the system's temporary folder is itself a link, tests compare with where it leads.
    guard let real = realpath(template, nil) else { throw Errno(rawValue: errno) }
    defer { free(real) }
    path = FilePath(platformString: real)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path.string)
  }

  @discardableResult
  func write(_ name: String, _ content: some Sequence<UInt8> = []) throws -> FilePath {
    try write(path.appending(name), content)
  }

  @discardableResult
  func write(_ file: FilePath, _ content: some Sequence<UInt8> = []) throws -> FilePath {
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try descriptor.closeAfter { _ = try descriptor.writeAll(content) }
    return file
  }

  @discardableResult
  func makeFolder(_ name: String) throws -> FilePath {
    try check(mkdir(path.appending(name).string, 0o700))
    return path.appending(name)
  }

  @discardableResult
  func link(_ name: String, to target: String) throws -> FilePath {
    try check(symlink(target, path.appending(name).string))
    return path.appending(name)
  }

  func makePipe(_ name: String) throws -> FilePath {
    try check(mkfifo(path.appending(name).string, 0o600))
    return path.appending(name)
  }

  /// A socket without a listener; its entry stays.
  func makeSocket(_ name: String) throws -> FilePath {
    #if canImport(Glibc)
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM), 0)
    #endif
    try check(descriptor)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let entry = path.appending(name)
    let bytes = Array(entry.string.utf8)
    try #require(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    try check(
      withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      })
    return entry
  }

  func setPermissions(_ file: FilePath, _ mode: mode_t) throws {
    try check(chmod(file.string, mode))
  }

  func truncate(_ file: FilePath, to length: Int) throws {
    try check(Self.truncate(file.string, length))
  }

  func removeFile(_ file: FilePath) throws {
    try check(unlink(file.string))
  }

  /// Whether permissions mean nothing to this process.
  static var isPrivileged: Bool { geteuid() == 0 }

  private static func truncate(_ path: String, _ length: Int) -> CInt {
    #if canImport(Darwin)
      Darwin.truncate(path, off_t(length))
    #elseif canImport(Glibc)
      Glibc.truncate(path, off_t(length))
    #elseif canImport(Musl)
      Musl.truncate(path, off_t(length))
    #endif
  }

  private func check(_ result: CInt) throws {
    if result < 0 { throw Errno(rawValue: errno) }
  }
}
