import Locations
import SystemPackage

/// Reads files of any kind up to a size limit. A FIFO and a process substitution have no length
/// that could be checked first.
enum BoundedFile {
  /// Why a file was not read.
  struct Failure: Error {
    /// What happened, in words for people.
    var message: String
  }

  /// All bytes of the file at `path`, or of standard input for `-`; fails if they are more than `limit`.
  static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
    let name = path == "-" ? "standard input" : displayText(path)
    do {
      guard path != "-" else { return try bytes(of: .standardInput, named: name, limit: limit) }
      let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      return try descriptor.closeAfter { try bytes(of: descriptor, named: name, limit: limit) }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(message: "\(name) cannot be read: \(error)")
    }
  }

  /// All bytes of the file at `path`; fails if they are more than `limit`.
  static func bytes(of path: FilePath, limit: Int) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try descriptor.closeAfter { try bytes(of: descriptor, named: displayText(path), limit: limit) }
  }

  private static func bytes(of descriptor: FileDescriptor, named name: String, limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
        count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if chunk.isEmpty { return bytes }
      guard bytes.count + chunk.count <= limit else {
        throw Failure(message: "\(name) is longer than \(limit) bytes")
      }
      bytes += chunk
    }
  }
}
