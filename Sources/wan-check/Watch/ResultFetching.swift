import AssetOpening
import AssetSource
import Locations
import SystemPackage
import WanSubmit

/// The connections and the folder for downloading results, if they are requested.
struct ResultFetching: Sendable {
  let opener: HTTPAssetOpener
  /// The downloader of results; `nil` if they are not fetched.
  let downloader: ResultDownloader?

  /// Fetches into `folder`; from private hosts only if `allowPrivateHosts` is set.
  init(into folder: String?, allowPrivateHosts: Bool, _ fetching: FetchingOptions) {
    var options = HTTPOptions()
    options.userAgent = fetching.agent
    options.proxy = fetching.proxyChoice
    options.policy = AddressPolicy(allowsPrivateHosts: allowPrivateHosts)
    let opener = HTTPAssetOpener(options)
    self.opener = opener
    downloader = folder.map { ResultDownloader(into: FilePath($0), opener: opener) }
  }

  /// Fails before anything is written if `folder` is a file that must not be overwritten.
  static func requireFolder(_ folder: String?, sparing readFiles: ReadFiles) throws(ExitStatus) {
    guard let folder, let kind = readFiles.kind(of: FilePath(folder)) else { return }
    throw .misuse("`--download` \(displayText(folder)) is \(kind)")
  }

  /// Makes the folder, so that a problem is reported before there is a result to store.
  /// - Throws: `ExitStatus`, after an error message.
  func prepare() async throws(ExitStatus) {
    do throws(DownloadError) {
      try await downloader?.prepare()
    } catch {
      if error.code == .cancelled { throw .interrupted }
      throw .misuse("--download: \(error.message)")
    }
  }
}
