public import Foundation

/// The files of a server's certificate, all in PEM.
public struct ServerCertificate: Sendable, Hashable {
  /// The certificate and what stands between it and the authority's.
  public var chain: URL
  /// Its private key.
  public var key: URL

  /// A certificate of those files.
  public init(chain: URL, key: URL) {
    self.chain = chain
    self.key = key
  }
}
