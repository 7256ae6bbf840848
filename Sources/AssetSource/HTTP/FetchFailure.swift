package import AssetOpening
import AsyncHTTPClient
import MediaFacts
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SystemPackage

/// Why one request did not work out, and whether another could.
package struct FetchFailure: Error, Sendable {
  /// What could be done about it.
  package enum Remedy: Sendable, Hashable {
    /// Nothing: the next answer would be the same.
    case none
    /// Ask again after a pause; the server may have said how long.
    case again(after: Duration?)
    /// Ask for the whole instead of a range.
    case plainly
  }

  /// What is wrong with a certificate.
  package enum CertificateFault: Sendable, Hashable {
    /// It does not verify: its time, or who signed it.
    case unverified
    /// It is for another host.
    case otherHost
  }

  package var error: AssetError
  package var remedy: Remedy
  /// What is wrong with the server's certificate, if that is what failed; a look at it says more.
  var certificate: CertificateFault?

  init(_ error: AssetError, _ remedy: Remedy = .none, certificate: CertificateFault? = nil) {
    self.error = error
    self.remedy = remedy
    self.certificate = certificate
  }

  /// What an error of the HTTP client, of TLS or of a socket means.
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
