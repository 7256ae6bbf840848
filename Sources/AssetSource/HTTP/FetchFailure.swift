package import AssetOpening
import AsyncHTTPClient
import MediaFacts
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SystemPackage

/// Why one request failed, and whether another could succeed.
package struct FetchFailure: Error, Sendable {
  /// What could help.
  package enum Remedy: Sendable, Hashable {
    /// Nothing, since the next answer would be the same.
    case none
    /// Retry after a pause; the server may have stated how long.
    case again(after: Duration?)
    /// Request the whole asset instead of a range.
    case plainly
  }

  /// The problem of a certificate.
  package enum CertificateFault: Sendable, Hashable {
    /// It does not verify, because of its dates or its issuer.
    case unverified
    /// It is for another host.
    case otherHost
  }

  package var error: AssetError
  package var remedy: Remedy
  /// The problem of the server's certificate, if that caused the failure. Reading the certificate gives details.
  var certificate: CertificateFault?

  init(_ error: AssetError, _ remedy: Remedy = .none, certificate: CertificateFault? = nil) {
    self.error = error
    self.remedy = remedy
    self.certificate = certificate
  }

  /// The failure for an error of the HTTP client, of TLS or of a socket.
  package init(_ error: any Error, limits options: HTTPOptions) {
    switch error {
    case let failure as FetchFailure: self = failure
    case let failure as AssetError: self.init(failure)
    case is CancellationError: self.init(AssetError(.cancelled, message: "the check was cancelled"))
    case is UnvettedPeer:
      self.init(AssetError(.notPublic, message: "the connection leads to another address than the name"))
    case let failure as HTTPClientError: self = Self.read(failure, options)
    case let failure as NIOSSLExtraError where failure == .failedToValidateHostname:
      self = .otherHost
    case let failure as NIOSSLError: self.init(failure)
    case let failure as BoringSSLError: self.init(failure)
    case let failure as NIOConnectionError: self = Self.read(failure)
    case is ChannelError, is IOError:
      self = Self.again("the connection failed\((error as? IOError).map { ": \(Self.words($0))" } ?? "")")
    case let failure as HTTPParserError where failure == .invalidEOFState:
      self = Self.again("the server closed the connection too early")
    case let malformed as MalformedAnswer:
      self.init(AssetError(.unreachable, message: malformed.message))
    case is HTTPParserError:
      self.init(AssetError(.unreachable, message: "the server's answer is not readable HTTP"))
    default:
      self = Self.again("the connection failed")
    }
  }

  static func again(_ message: String, after pause: Duration? = nil) -> FetchFailure {
    FetchFailure(AssetError(.unreachable, message: message), .again(after: pause))
  }

  private static func read(_ error: HTTPClientError, _ options: HTTPOptions) -> FetchFailure {
    switch error {
    case .cancelled: return FetchFailure(AssetError(.cancelled, message: "the check was cancelled"))
    case .connectTimeout, .getConnectionFromPoolTimeout:
      return again("no connection within \(options.connectLimit.inSeconds)")
    case .tlsHandshakeTimeout: return again("the TLS handshake took too long")
    case .readTimeout: return again("nothing arrived for \(options.idleLimit.inSeconds)")
    case .remoteConnectionClosed, .uncleanShutdown: return again("the server closed the connection too early")
    case .invalidProxyResponse, .httpProxyHandshakeTimeout: return again("the proxy did not connect")
    case .proxyAuthenticationRequired:
      return FetchFailure(AssetError(.unreachable, message: "the proxy requires credentials (407)"))
    default: return again("the exchange failed: \(error.shortDescription)")
    }
  }

  private static func read(_ error: NIOConnectionError) -> FetchFailure {
    let cause = error.connectionErrors.first?.error
    return again("no connection\((cause as? IOError).map { ": \(words($0))" } ?? "")")
  }

  private static func words(_ error: IOError) -> String {
    Errno(rawValue: error.errnoCode).description
  }
}

extension Duration {
  /// Whole seconds for people, at least one.
  var inSeconds: String {
    let (seconds, attoseconds) = components
    return "\(max(1, seconds + (attoseconds >= 500_000_000_000_000_000 ? 1 : 0))) s"
  }
}
