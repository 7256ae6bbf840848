import AssetOpening
import Libc
import SystemPackage

/// A file or folder in a folder.
struct FolderEntry {
  let name: FilePath.Component
  let isFolder: Bool

  /// The entries that a walk needs, in the byte order of their paths.
  static func list(
    _ folder: FilePath, followingLink: Bool, atMost limit: Int
  ) throws(AssetError) -> [FolderEntry] {
    let stream = try openStream(folder, followingLink: followingLink)
    defer { closedir(stream) }
    var found: [(key: [UInt8], entry: FolderEntry)] = []
    while let name = try nextName(stream) {
      guard name.first != UInt8(ascii: ".") else { continue }
      guard let entry = try look(at: name, in: stream) else { continue }
      guard found.count < limit else {
        throw AssetError(.tooManyEntries, message: "the folder has more than \(limit) entries")
      }
      // A folder's name is sorted with the slash that follows it in paths.
      found.append((entry.isFolder ? name + [UInt8(ascii: "/")] : name, entry))
    }
    return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.entry)
  }

  #if canImport(Darwin)
    private typealias Stream = UnsafeMutablePointer<DIR>
  #else
    private typealias Stream = OpaquePointer
  #endif

  /// Opens through a descriptor, so that a folder that was replaced by a link is not followed.
  private static func openStream(_ folder: FilePath, followingLink: Bool) throws(AssetError) -> Stream {
    var options: FileDescriptor.OpenOptions = [.directory, .closeOnExec, .nonBlocking]
    if !followingLink { options.insert(.noFollow) }
    do {
      let descriptor = try FileDescriptor.open(folder, .readOnly, options: options)
      if let stream = fdopendir(descriptor.rawValue) { return stream }
      let failure = Errno(rawValue: errno)
      try? descriptor.close()
      throw failure
    } catch {
      guard let failure = error as? Errno else {
        throw AssetError(.unreadable, message: "the folder could not be opened")
      }
      if failure == .notDirectory {
        throw AssetError(.missing, message: "there is no such folder", errno: failure.rawValue)
      }
      throw AssetError(failure)
    }
  }

  /// The bytes of the next name; `nil` at the end.
  private static func nextName(_ stream: Stream) throws(AssetError) -> [UInt8]? {
    errno = 0
    guard let entry = readdir(stream) else {
      if errno != 0 { throw AssetError(Errno(rawValue: errno)) }
      return nil
    }
    // The record can be shorter than the structure, so the name is not copied as a member of it.
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
    let name = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
    return UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
  }

  /// The entry of that name, or `nil` if it is neither file nor folder, or no longer exists.
  private static func look(at name: [UInt8], in stream: Stream) throws(AssetError) -> FolderEntry? {
    let characters = name.map { CChar(bitPattern: $0) } + [0]
    guard let component = FilePath.Component(platformString: characters) else { return nil }
    do {
      let stat = try Stat(
        FilePath(root: nil, [component]), relativeTo: FileDescriptor(rawValue: dirfd(stream)),
        flags: .symlinkNoFollow)
      switch stat.type {
      case .regular: return FolderEntry(name: component, isFolder: false)
      case .directory: return FolderEntry(name: component, isFolder: true)
      default: return nil
      }
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw AssetError(error)
    }
  }
}
