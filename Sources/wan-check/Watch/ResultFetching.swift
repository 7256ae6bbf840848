import AssetOpening
import AssetSource
import Locations
import SystemPackage
import WanSubmit

/// The way from results to files, where they are wanted: connections, and a folder.
struct ResultFetching: Sendable {
  let opener: HTTPAssetOpener
  /// Where results go; `nil` if they are not fetched.
  let downloader: ResultDownloader?

  /// Fetching into `folder`; from private hosts only where that is allowed.
  init(into folder: String?, allowPrivateHosts: Bool, _ fetching: FetchingOptions) {
    var options = HTTPOptions()
    options.userAgent = fetching.agent
    options.proxy = fetching.proxyChoice
    options.policy = AddressPolicy(allowsPrivateHosts: allowPrivateHosts)
    let opener = HTTPAssetOpener(options)
    self.opener = opener
    downloader = folder.map { ResultDownloader(into: FilePath($0), opener: opener) }
  }

  /// Fails where `folder` is a file that must stay, or is kept for one, before anything is written.
  static func requireFolder(_ folder: String?, sparing readFiles: ReadFiles) throws(ExitStatus) {
    guard let folder, let kind = readFiles.kind(of: FilePath(folder)) else { return }
    throw .misuse("--download \(displayText(folder)): that is \(kind)")
  }

  /// Makes the folder; better known now than when there is something to put into it.
  /// - Throws: `ExitStatus`, after the person was told.
  func prepare() async throws(ExitStatus) {
    do throws(DownloadError) {
      try await downloader?.prepare()
    } catch {
      if error.code == .cancelled { throw .interrupted }
      throw .misuse("--download: \(error.message)")
    }
  }
}
