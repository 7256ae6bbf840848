import AssetSource
import JobDocuments
import Locations
import SystemPackage
import WanCheck

/// The jobs of one job file, and the assets that its lines name, one at a time.
final class JobFileReader {
  private var reader: JobDocumentReader<Errno>
  private let descriptor: FileDescriptor?
  private let ownsDescriptor: Bool
  private let name: String
  private let path: FilePath?
  private let folder: String?
  private let profile: Profile
  private var ahead: JobRecord?
  private var records = 0
  private var hasFailed = false

  /// The jobs of the file at `path`; relative paths in them start at its folder.
  convenience init(path: FilePath, format: JobDocumentFormat, bounds: DocumentBounds, profile: Profile) {
    // Without O_NONBLOCK, opening a FIFO would wait for a writer.
    let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    let folder = path.removingLastComponent()
    self.init(
      descriptor, owned: true, name: displayText(path), path: path,
      folder: folder.isEmpty ? "." : folder.string,
      format: format, bounds: bounds, profile: profile)
  }

  /// The jobs on standard input; relative paths in them start at the working folder.
  convenience init(
    standardInputNamed name: String, format: JobDocumentFormat?, bounds: DocumentBounds, profile: Profile,
    interruption: InputInterruption
  ) {
    let folder = FilePath(name).removingLastComponent()
    self.init(
      .standardInput, owned: false, name: displayText(name), path: nil,
      folder: folder.isEmpty ? nil : folder.string,
      format: format, bounds: bounds, profile: profile, interruption: interruption)
  }

  private init(
    _ descriptor: FileDescriptor?, owned: Bool, name: String, path: FilePath?, folder: String?,
    format: JobDocumentFormat?, bounds: DocumentBounds, profile: Profile,
    interruption: InputInterruption? = nil
  ) {
    self.descriptor = descriptor
    ownsDescriptor = owned
    self.name = name
    self.path = path
    self.folder = folder
    self.profile = profile
    // What writes to standard input may wait for an answer before it goes on.
    reader = JobDocumentReader(format: format, bounds: bounds, answersEachLine: interruption != nil) {
      () throws(Errno) -> [UInt8] in
      guard let descriptor else { return [] }
      guard let interruption else { return try Self.chunk(of: descriptor) }
      return try interruption.chunk(of: descriptor)
    }
  }

  deinit {
    if ownsDescriptor { try? descriptor?.close() }
  }

  /// Whether the file is a readable regular file. If not, checking it as an asset reports the problem.
  var canBeRead: Bool {
    guard let descriptor, let stat = try? Stat(descriptor) else { return false }
    return stat.type == .regular
  }

  /// Whether a file that was found in a folder is a job file: it has a field of the request body.
  func looksLikeJobs() -> Bool {
    guard canBeRead, let first = record() else { return false }
    ahead = first
    // The content is not known, so the failure must be reported.
    if hasFailed { return true }
    if let body = first.body { return profile.hasFields(in: body) || first.isAsset(for: profile) }
    return first.id != nil || first.idValue != nil || BrokenJob(profile).isLikely(head)
  }

  /// The number of bytes that are searched for a job in text that cannot be parsed.
  private static let headLimit = 1 << 20

  /// The first bytes of the file, read again.
  private var head: [UInt8] {
    guard let descriptor else { return [] }
    let bytes = try? [UInt8](unsafeUninitializedCapacity: Self.headLimit) { buffer, count in
      count = try descriptor.read(fromAbsoluteOffset: 0, into: UnsafeMutableRawBufferPointer(buffer))
    }
    return bytes ?? []
  }

  /// The next job or asset; `nil` at the end.
  func next() -> InputItem? {
    guard var record = record() else { return nil }
    if let asset = record.takeAsset(file: name, folder: folder, profile: profile) { return .asset(asset) }
    var job = Job(record, file: name, folder: folder, profile: profile)
    job.path = path
    return .job(job)
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
