import AssetOpening
import Foundation
import Locations

/// Words the reason why a chain of certificates is refused: a pure function of the chain and the time.
enum CertificateComplaint {
  /// Names of a certificate that are shown at most.
  private static let mostNames = 4
  /// Characters of a name that are shown at most.
  private static let longestName = 80

  /// The reason why a chain does not verify, as a clause for people; `nil` if the certificates do not show it.
  static func unverified(_ chain: [PresentedCertificate], now: Double) -> String? {
    guard let own = chain.first else { return nil }
    if let clause = wrongTime(own, now) { return "the server's certificate \(clause)" }
    for other in chain.dropFirst() {
      if let clause = wrongTime(other, now) { return "a certificate in the server's chain \(clause)" }
    }
    if own.isSelfIssued { return "the server's certificate is self-signed" }
    return chain.count > 1
      ? "the server's certificate was issued by an authority that is not trusted"
      : "the server's certificate was issued by an authority that is not trusted, or the server does not send the intermediate certificates"
  }

  /// The hosts that a certificate for another host is for.
  static func otherHost(_ chain: [PresentedCertificate]) -> String? {
    guard let own = chain.first, !own.names.isEmpty else { return nil }
    let shown = own.names.prefix(mostNames).map { displayText(String($0.prefix(longestName))) }
    let more = own.names.count - shown.count
    let list = shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    return "the server's certificate is for another host name: \(list)"
  }

  private static func wrongTime(_ certificate: PresentedCertificate, _ now: Double) -> String? {
    if now > Double(certificate.validUntil) { return "expired at \(date(certificate.validUntil))" }
    if now < Double(certificate.validFrom) { return "is not valid before \(date(certificate.validFrom))" }
    return nil
  }

  private static func date(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
