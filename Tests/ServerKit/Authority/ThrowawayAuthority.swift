import FixtureKit
public import Foundation
import Synchronization

/// A temporary certificate authority, made by the `openssl` command.
///
/// Its folder is deleted with the last reference to it or to one of its certificates. Only clients that are given
/// `certificate` trust it. Keys are P-256.
public final class ThrowawayAuthority: Sendable {
  /// What a test wants to see a client do.
  public enum Flaw: Sendable, Hashable, CaseIterable {
    /// Nothing is wrong.
    case none
    /// Its time was January 2020.
    case expired
    /// Its time begins in January 2100.
    case early
    /// It is for `other.test` alone.
    case otherHost
    /// It is signed by itself.
    case selfSigned
  }

  /// Why no certificate could be made.
  public struct Failure: Error, CustomStringConvertible {
    /// What `openssl` said.
    public let description: String
  }

  /// The authority's own certificate in PEM, for those who shall trust it.
  public var certificate: URL { folder.url.appending(path: "ca.pem") }

  private let folder: TemporaryFolder
  private let openssl: Program
  private let made = Mutex<[Request: ServerCertificate]>([:])

  private struct Request: Hashable {
    var names: [String]
    var flaw: Flaw
  }

  /// Whether there is an `openssl` to make one with.
  public static var isAvailable: Bool { Program(named: "openssl") != nil }

  /// A new authority.
  ///
  /// - Throws: `Failure` where there is no `openssl`, or it refuses.
  public init() throws {
    guard let openssl = Program(named: "openssl") else { throw Failure(description: "no openssl here") }
    self.openssl = openssl
    folder = try TemporaryFolder()
    try folder.write(Self.configuration, to: "ca.cnf")
    try folder.write("", to: "index.txt")
    try run(
      ["req", "-x509", "-config", "ca.cnf", "-extensions", "authority"] + Self.newKey
        + ["-subj", "/CN=Throwaway Authority", "-days", "30", "-keyout", "ca.key", "-out", "ca.pem"])
  }

  /// A certificate for `names` (`localhost` and `127.0.0.1` by default) that has `flaw`, made once.
  ///
  /// - Parameter names: host names and IPv4 or IPv6 addresses.
  /// - Throws: `Failure` where `openssl` refuses.
  public func certificate(
    _ flaw: Flaw = .none, for names: [String] = ["localhost", "127.0.0.1"]
  ) throws -> ServerCertificate {
    try made.withLock { made in
      let request = Request(names: flaw == .otherHost ? ["other.test"] : names, flaw: flaw)
      if let old = made[request] { return old }
      let new = try make(request, stem: "server-\(made.count)")
      made[request] = new
      return new
    }
  }

  private func make(_ request: Request, stem: String) throws -> ServerCertificate {
    let (key, chain) = ("\(stem).key", "\(stem).pem")
    try folder.write(
      "\(Self.serverExtensions)\nsubjectAltName = \(Self.alternatives(request.names))\n", to: "\(stem).ext")
    let subject = ["-subj", "/CN=Throwaway Server"]
    try run(
      ["req", "-new", "-config", "ca.cnf"] + Self.newKey + subject + ["-keyout", key, "-out", "\(stem).csr"])
    if request.flaw == .selfSigned {
      try run([
        "x509", "-req", "-in", "\(stem).csr", "-signkey", key, "-days", "30", "-extfile", "\(stem).ext",
        "-out", chain,
      ])
    } else {
      let dates =
        switch request.flaw {
        case .expired: ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z"]
        case .early: ["-startdate", "21000101000000Z", "-enddate", "21000201000000Z"]
        default: ["-days", "30"]
        }
      try run(
        [
          "ca", "-batch", "-notext", "-config", "ca.cnf", "-extfile", "\(stem).ext", "-in", "\(stem).csr",
          "-out", chain,
        ]
          + dates)
    }
    return ServerCertificate(
      chain: folder.url.appending(path: chain), key: folder.url.appending(path: key), in: folder)
  }

  private func run(_ arguments: [String]) throws {
    let outcome = try openssl.run(arguments, in: folder.url)
    guard outcome.status == 0 else {
      throw Failure(description: "openssl \(arguments.joined(separator: " ")): \(outcome.errors)")
    }
  }

  private static func alternatives(_ names: [String]) -> String {
    names.map { name in
      let isAddress = name.contains(":") || name.allSatisfy { $0.isNumber || $0 == "." }
      return "\(isAddress ? "IP" : "DNS"):\(name)"
    }.joined(separator: ",")
  }

  private static let newKey = [
    "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-batch",
  ]

  private static let serverExtensions = """
    basicConstraints = critical, CA:false
    keyUsage = critical, digitalSignature
    extendedKeyUsage = serverAuth
    """

  /// Everything that `openssl` would otherwise look for in the system's own configuration.
  private static let configuration = """
    [req]
    distinguished_name = name
    [name]
    [authority]
    basicConstraints = critical, CA:true
    keyUsage = critical, keyCertSign, cRLSign
    subjectKeyIdentifier = hash
    [ca]
    default_ca = throwaway
    [throwaway]
    database = index.txt
    new_certs_dir = .
    rand_serial = yes
    unique_subject = no
    certificate = ca.pem
    private_key = ca.key
    default_md = sha256
    policy = anything
    [anything]
    commonName = supplied

    """
}
