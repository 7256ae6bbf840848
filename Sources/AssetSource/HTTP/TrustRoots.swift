package import AssetOpening
import Foundation
import Locations
package import NIOSSL
import Synchronization

/// The certificate authorities to trust, read and parsed once.
package final class TrustRoots: Sendable {
  private let path: String?
  private let parsed = Mutex<Result<NIOSSLTrustRoots, AssetError>?>(nil)

  /// The authorities in the PEM file at `path`; `nil`: `SSL_CERT_FILE`, else the system's.
  package init(path: String?, environment: [String: String]) {
    let variable = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
    self.path = path ?? variable ?? Self.systemFile
  }

  /// The system's file, on Debian, Red Hat, SUSE and Alpine.
  private static var systemFile: String? {
    let places = [
      "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
      "/etc/ssl/cert.pem",
    ]
    return places.first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The authorities.
  ///
  /// Without authorities, no certificate could be verified. That is a fault of this machine, not of the servers.
  package func roots() throws(AssetError) -> NIOSSLTrustRoots {
    let result = parsed.withLock { parsed in
      if let parsed { return parsed }
      let result = Self.read(path)
      parsed = result
      return result
    }
    return try result.get()
  }

  private static func read(_ path: String?) -> Result<NIOSSLTrustRoots, AssetError> {
    guard let path else {
      #if canImport(Darwin)
        return .success(.default)
      #else
        return .failure(
          AssetError(
            .unreachable,
            message:
              "this machine has no certificate authorities; install ca-certificates or set SSL_CERT_FILE"))
      #endif
    }
    guard let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty else {
      return .failure(
        AssetError(
          .unreachable, message: "the file of certificate authorities contains none: \(displayText(path))"))
    }
    return .success(.certificates(certificates))
  }
}
