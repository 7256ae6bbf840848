import FixtureKit
public import Foundation

/// The files of a server's certificate, all in PEM.
public struct ServerCertificate: Sendable {
  /// The certificate, and the ones between it and the authority's.
  public let chain: URL
  /// Its private key.
  public let key: URL
  /// Kept as long as its files may be read.
  private let folder: TemporaryFolder?

  /// A certificate of those files.
  public init(chain: URL, key: URL) { self.init(chain: chain, key: key, in: nil) }

  init(chain: URL, key: URL, in folder: TemporaryFolder?) {
    self.chain = chain
    self.key = key
    self.folder = folder
  }
}
