public import AssetOpening
import AssetSource
import Crypto
import Locations
import MediaFacts
import NIOCore
import NIOPosix
public import SystemPackage

/// Downloads the results of tasks to a folder. A file is stored completely or not at all, and
/// never replaces another file.
///
/// ```swift
/// let opener = HTTPAssetOpener()
/// let downloader = ResultDownloader(into: "out", opener: opener)
/// try await downloader.prepare()
/// for try await task in client.wait(for: id) where task.status == .completed {
///   for result in await downloader.results(of: task) { … }
/// }
/// await opener.shutdown()
/// ```
///
/// The opener decides which hosts may be contacted, and sends no credentials. It continues a broken transfer
/// if the server can show that the rest belongs to the same file. Bytes are written under a hidden name that
/// ends in `.part`, which a failed or cancelled download removes.
public final class ResultDownloader: Sendable {
  /// The limits of downloads.
  public struct Options: Sendable, Hashable {
    /// The largest size of a result, in bytes.
    public var sizeLimit: Int64 = 2 << 30
    /// The time limit for one result, from the first request to the last byte.
    public var timeLimit: Duration = .seconds(600)
    /// The number of results that are written at a time.
    public var concurrency = 4

    /// The defaults.
    public init() {}
  }

  /// The folder for results.
  public let folder: FilePath

  private let place: ResultFolder
  private let opener: any AssetOpener
  private let options: Options
  private let threads: NIOThreadPool

  private static let pieceLength = 256 << 10
  /// The number of names that are tried for one result.
  private static let attempts = 9999

  /// A downloader to `folder`, which may not exist yet. It does not shut `opener` down.
  public init(into folder: FilePath, opener: any AssetOpener, options: Options = Options()) {
    self.folder = folder
    place = ResultFolder(folder)
    self.opener = opener
    self.options = options
    threads = NIOThreadPool(numberOfThreads: max(1, options.concurrency))
    threads.start()
  }

  deinit { threads.shutdownGracefully { _ in } }

  /// Makes the folder if it is missing, and tests whether a file can be made in it, so that such a problem is
  /// known before waiting for a task.
  /// - Throws: `DownloadError` of code `badFolder`, `diskFull` or `cancelled`.
  public func prepare() async throws(DownloadError) {
    let place = place
    try await onThread { () throws(DownloadError) in try place.prepare() }
  }

  /// Downloads all results of a task one by one, each with its own outcome, in the order of `task.generated`.
  ///
  /// - Parameters:
  ///   - task: a completed task.
  ///   - jobID: the id in the job's file, after which the files are named; `nil` for the task's id.
  public func results(
    of task: WanTask, jobID: String? = nil
  ) async -> [Result<DownloadedResult, DownloadError>] {
    var results: [Result<DownloadedResult, DownloadError>] = []
    let count = task.generated.count
    for (index, url) in task.generated.enumerated() {
      let name = ResultName(jobID: jobID, taskID: task.id, number: index + 1, of: count)
      do throws(DownloadError) {
        results.append(.success(try await download(url, as: name)))
      } catch {
        results.append(.failure(error))
      }
    }
    return results
  }

  /// Downloads one result.
  ///
  /// If a file with the same name and content exists, it is the result. If the name is taken by anything
  /// else, `NAME-2`, `NAME-3` and so on are tried.
  /// - Parameters:
  ///   - url: the URL from the provider, unchanged.
  ///   - name: the file name without extension; the extension comes from the URL or from the server's type.
  /// - Throws: `DownloadError`; the folder then has no new file.
  public func download(_ url: String, as name: ResultName) async throws(DownloadError) -> DownloadedResult {
    let location = AssetLocation(url)
    guard let address = location.url else {
      let problem = location.problems.first.map { ": \($0.message)" } ?? ""
      throw DownloadError(.badURL, message: "the result must be at an http(s) URL\(problem)")
    }
    let asset: OpenedAsset
    do throws(AssetError) {
      asset = try await opener.open(
        location,
        OpenRequest(
          digestLimit: options.sizeLimit, transferLimit: options.sizeLimit, timeLimit: options.timeLimit))
    } catch {
      throw DownloadError(error)
    }
    let written: Written
    do throws(DownloadError) {
      written = try await write(asset)
    } catch {
      asset.source.cancel()
      _ = await asset.abandon()
      throw error
    }
    defer { written.file.discard() }
    let conclusion = await asset.finish()
    if let failure = conclusion.failure { throw DownloadError(failure) }
    guard conclusion.sha256.map({ $0 == written.sha256 }) ?? true else {
      throw DownloadError(.changed, message: "the file on disk differs from the bytes received")
    }
    let delivery = conclusion.delivery ?? asset.delivery
    let fileExtension = ResultKind.fileExtension(
      of: [address] + [delivery?.finalURL].compactMap { $0 }, contentType: delivery?.contentType)
    return try await keep(written, name, fileExtension)
  }

  /// A file with all its bytes, and their length and digest.
  private struct Written: Sendable {
    var file: PartialFile
    var bytes: Int64
    var sha256: String
  }

  /// Writes the bytes when they arrive.
  private func write(_ asset: OpenedAsset) async throws(DownloadError) -> Written {
    let place = place
    let source = asset.source
    let contentType = asset.delivery?.contentType
    let limit = options.sizeLimit
    return try await onThread { () throws(DownloadError) in
      let file = try PartialFile(in: place.path)
      do throws(DownloadError) {
        let (bytes, digest) = try Self.copy(source, into: file, contentType: contentType, limit: limit)
        try file.complete()
        return Written(file: file, bytes: bytes, sha256: digest)
      } catch {
        file.discard()
        throw error
      }
    } onCancel: {
      source.cancel()
    }
  }

  private static func copy(
    _ source: any ByteSource, into file: PartialFile, contentType: String?, limit: Int64
  ) throws(DownloadError) -> (bytes: Int64, sha256: String) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceLength, alignment: 16)
    defer { buffer.deallocate() }
    var digest = SHA256()
    var start: [UInt8] = []
    var position: Int64 = 0
    while true {
      let count: Int
      do throws(ByteSourceError) {
        count = try source.read(at: position, into: buffer)
      } catch {
        throw DownloadError(AssetError(error))
      }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      // A page may arrive byte by byte, so the file is not kept until its beginning was examined.
      if start.count < ResultKind.longestStart {
        start += piece.prefix(ResultKind.longestStart - start.count)
      }
      guard count > 0 else { break }
      position += Int64(count)
      guard position <= limit else {
        throw DownloadError(.tooLarge, message: "the result is longer than \(limit) bytes")
      }
      digest.update(bufferPointer: piece)
      try file.write(piece)
    }
    guard position > 0 else { throw DownloadError(.empty, message: "the server sent no bytes") }
    guard !ResultKind.isWebPage(start: start, contentType: contentType) else {
      throw DownloadError(.webPage, message: "a web page came instead of a result")
    }
    return (position, digest.finalize().hexadecimal)
  }

  /// Gives the file the first free name, or finds an existing file with the same content.
  private func keep(
    _ written: Written, _ name: ResultName, _ fileExtension: String
  ) async throws(DownloadError) -> DownloadedResult {
    for attempt in 1...Self.attempts {
      let path = place.path.appending(name.fileName(attempt: attempt, fileExtension: fileExtension))
      var result = DownloadedResult(path: path, bytes: written.bytes, sha256: written.sha256)
      let place = place
      let isPlaced = try await onThread { () throws(DownloadError) in
        guard try written.file.place(at: path) else { return false }
        place.synchronize()
        return true
      }
      if isPlaced { return result }
      if try await holds(path, written) {
        result.alreadyThere = true
        return result
      }
    }
    throw DownloadError(.noFreeName, message: "every name up to \(name.stem)-\(Self.attempts) is taken")
  }

  /// Whether `path` is a file with exactly these bytes.
  ///
  /// A change of its link count or name is ignored: another download may have just given it this name.
  private func holds(_ path: FilePath, _ written: Written) async throws(DownloadError) -> Bool {
    let opened = try await onThread { () throws(DownloadError) in try? FileByteSource(path) }
    guard let file = opened, file.size == written.bytes else { return false }
    return try await onThread { () throws(DownloadError) in
      (try? Self.digest(of: file)) == written.sha256
    } onCancel: {
      file.cancel()
    }
  }

  private static func digest(of source: any ByteSource) throws(ByteSourceError) -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceLength, alignment: 16)
    defer { buffer.deallocate() }
    var digest = SHA256()
    var position: Int64 = 0
    while case let count = try source.read(at: position, into: buffer), count > 0 {
      digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      position += Int64(count)
    }
    return digest.finalize().hexadecimal
  }

  /// Runs blocking work on a thread of this downloader.
  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws(DownloadError) -> Value,
    onCancel: @escaping @Sendable () -> Void = {}
  ) async throws(DownloadError) -> Value {
    let result: Result<Value, DownloadError>
    do {
      result = try await withTaskCancellationHandler {
        try await threads.runIfActive { Result(catching: work) }
      } onCancel: {
        onCancel()
      }
    } catch {
      throw DownloadError(.cancelled, message: "the download was cancelled")
    }
    return try result.get()
  }
}
