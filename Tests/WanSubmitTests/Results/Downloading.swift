import AssetOpening
import AssetSource
import Crypto
import FixtureKit
import Foundation
import Locations
import SystemPackage

@testable import WanSubmit

/// Downloads from servers under test into a folder of its own: few tries, and more patience than a busy machine needs.
struct Downloading: Sendable {
  let folder: TemporaryFolder
  var http = HTTPOptions()
  var options = ResultDownloader.Options()

  init() throws {
    folder = try TemporaryFolder()
    http.policy = AddressPolicy(allowsPrivateHosts: true)
    http.attempts = 3
    http.idleLimit = .seconds(60)
    http.connectLimit = .seconds(30)
    options.timeLimit = .seconds(180)
    options.sizeLimit = 4 << 20
  }

  func with(_ change: (inout Downloading) -> Void) -> Downloading {
    var copy = self
    change(&copy)
    return copy
  }

  /// Runs `body` with a downloader into the folder.
  func run<Value: Sendable>(_ body: (ResultDownloader) async -> Value) async -> Value {
    let opener = HTTPAssetOpener(http, environment: [:])
    let value = await body(ResultDownloader(into: path, opener: opener, options: options))
    await opener.shutdown()
    return value
  }

  func download(_ url: String, _ id: String = "shot") async -> Result<DownloadedResult, DownloadError> {
    await run { await $0.outcome(url, id) }
  }

  var path: FilePath { FilePath(folder.url.path) }

  /// The names of everything in the folder, hidden files included; none of a folder that cannot be read.
  var names: [String]? {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path))?.sorted()
  }

  /// Whether the file `name` holds these very bytes.
  func holds(_ name: String, _ bytes: [UInt8]) -> Bool {
    (try? Data(contentsOf: folder.url.appending(path: name))) == Data(bytes)
  }
}

extension ResultDownloader {
  func outcome(_ url: String, _ id: String = "shot") async -> Result<DownloadedResult, DownloadError> {
    do throws(DownloadError) {
      return .success(try await download(url, as: ResultName(taskID: id)))
    } catch {
      return .failure(error)
    }
  }
}

extension Result where Failure == DownloadError {
  var failure: DownloadError? { if case .failure(let error) = self { error } else { nil } }
  var value: Success? { try? get() }
}

/// Bytes in which every place can be told from every other.
func pattern(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

func sha256(_ bytes: [UInt8]) -> String {
  SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
}
