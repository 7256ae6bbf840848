import Locations
import SystemPackage
import WanCheck

/// The jobs of one job file, one at a time.
final class JobFileReader {
  private var reader: JobDocumentReader<Errno>
  private let descriptor: FileDescriptor?
  private let ownsDescriptor: Bool
  private let name: String
  private let folder: String?
  private var ahead: JobRecord?
  private var records = 0
  private var hasFailed = false

  /// The jobs of the file at `path`; relative paths in them start at its folder.
  convenience init(path: FilePath, format: JobDocumentFormat, bounds: DocumentBounds) {
    // Without O_NONBLOCK, opening a FIFO would wait for a writer.
    let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    let folder = path.removingLastComponent()
    self.init(
      descriptor, owned: true, name: displayText(path), folder: folder.isEmpty ? "." : folder.string,
      format: format, bounds: bounds)
  }

  /// The jobs on standard input; relative paths in them start at the working folder.
  convenience init(standardInputNamed name: String, format: JobDocumentFormat?, bounds: DocumentBounds) {
    let folder = FilePath(name).removingLastComponent()
    self.init(
      .standardInput, owned: false, name: displayText(name), folder: folder.isEmpty ? nil : folder.string,
      format: format, bounds: bounds)
  }

  private init(
    _ descriptor: FileDescriptor?, owned: Bool, name: String, folder: String?, format: JobDocumentFormat?,
    bounds: DocumentBounds
  ) {
    self.descriptor = descriptor
    ownsDescriptor = owned
    self.name = name
    self.folder = folder
    reader = JobDocumentReader(format: format, bounds: bounds) { () throws(Errno) -> [UInt8] in
      guard let descriptor else { return [] }
      return try Self.chunk(of: descriptor)
    }
  }

  deinit {
    if ownsDescriptor { try? descriptor?.close() }
  }

  /// Whether there is a regular file that can be read; what is wrong otherwise, checking it as an asset says.
  var canBeRead: Bool {
    guard let descriptor, let stat = try? Stat(descriptor) else { return false }
    return stat.type == .regular
  }

  /// Whether a file that was found in a folder is a job file: a field of the request body is present.
  func looksLikeJobs() -> Bool {
    guard canBeRead, let first = record() else { return false }
    ahead = first
    // What it holds is not known, and so must be told of.
    if hasFailed { return true }
    if let body = first.body { return JobFields.arePresent(in: body) }
    return first.id != nil || first.idValue != nil || BrokenJob.isLikely(head)
  }

  /// Bytes of text that cannot be parsed in which a job is looked for.
  private static let headLimit = 1 << 20

  /// The first bytes of the file once more.
  private var head: [UInt8] {
    guard let descriptor else { return [] }
    let bytes = try? [UInt8](unsafeUninitializedCapacity: Self.headLimit) { buffer, count in
      count = try descriptor.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes ?? []
  }

  /// The next job; `nil` at the end.
  func next() -> InputItem? {
    guard let record = record() else { return nil }
    return .job(Job(record, file: name, folder: folder))
  }

  private func record() -> JobRecord? {
    if let record = ahead {
      ahead = nil
      return record
    }
    do throws(Errno) {
      let record = try reader.next()
      records += record == nil ? 0 : 1
      return record
    } catch {
      hasFailed = true
      return JobRecord(
        index: records, problem: DocumentProblem(.limit, "reading failed: \(error)", at: SourcePosition.start)
      )
    }
  }

  private static func chunk(of descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
    do {
      return try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
        count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    } catch {
      throw error as? Errno ?? .ioError
    }
  }
}
