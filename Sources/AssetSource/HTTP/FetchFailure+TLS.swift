import AssetOpening
import NIOSSL

extension FetchFailure {
  /// The failure for a TLS error. A refused certificate and an incompatible server are permanent failures of the asset. A
  /// handshake that broke off may succeed the next time.
  init(_ error: NIOSSLError) {
    guard case .handshakeFailed(.sslError(let stack)) = error else {
      self = Self.again("the encrypted connection broke")
      return
    }
    self.init(tls: stack, inHandshake: true)
  }

  /// An error after the handshake. With TLS 1.3, a server that requires a client certificate fails this way.
  init(_ error: BoringSSLError) {
    guard case .sslError(let stack) = error else {
      self = Self.again("the encrypted connection broke")
      return
    }
    self.init(tls: stack, inHandshake: false)
  }

  /// The server's certificate is for another host than the requested one.
  static let otherHost = FetchFailure(
    AssetError(.tls, message: "the server's certificate is for another host name"), certificate: .otherHost)

  private init(tls stack: NIOBoringSSLErrorStack, inHandshake: Bool) {
    let names = stack.map(\.description)
    func isNamed(_ name: String) -> Bool { names.contains { $0.contains(name) } }
    if isNamed("CERTIFICATE_VERIFY_FAILED") {
      self.init(
        AssetError(
          .tls,
          message:
            "the server's certificate does not verify: expired, self-signed, or of an authority that is not trusted"
        ),
        certificate: .unverified)
    } else if let known = Self.lasting.first(where: { isNamed($0.name) }) {
      self.init(AssetError(.tls, message: known.words))
    } else if !inHandshake || Self.passing.contains(where: isNamed) || names.isEmpty {
      self = Self.again("the encrypted connection broke")
    } else {
      self.init(AssetError(.tls, message: "the TLS handshake failed"))
    }
  }

  /// Permanent errors by their names in BoringSSL, and their messages.
  private static let lasting: [(name: String, words: String)] = [
    ("WRONG_VERSION_NUMBER", "the server does not speak TLS"),
    ("HTTP_REQUEST", "the server does not speak TLS"),
    ("ALERT_UNRECOGNIZED_NAME", "the server does not know this host name"),
    ("ALERT_CERTIFICATE_REQUIRED", "the server requires a client certificate"),
    ("ALERT_PROTOCOL_VERSION", "the server does not support TLS 1.2 or later"),
    ("UNSUPPORTED_PROTOCOL", "the server does not support TLS 1.2 or later"),
    ("ALERT_HANDSHAKE_FAILURE", "the server refused the TLS handshake"),
  ]

  /// Handshake errors that may not occur again.
  private static let passing = ["EOF during", "ALERT_INTERNAL_ERROR", "ALERT_USER_CANCELLED"]
}
