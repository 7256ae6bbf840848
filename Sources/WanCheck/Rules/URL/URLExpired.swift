import Foundation
import Locations

/// A signed link works now: it has begun to work and has not expired.
struct URLExpired: AssetRule {
  let entry = RuleEntry(
    "url-expired", .url,
    summary: "A signed link works now: it has begun to, and has not expired.",
    breaks: .job(
      #"{"$start_image": "https://b.s3.amazonaws.com/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k&X-Amz-Date=20200101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0"}"#
    ),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    if let link = SignedLinkExpiry(asset), link.isPast {
      var finding = asset.finding(entry, "the signed link (\(link.provider)) expired at \(link.date)")
      finding.actual = ["expires": .integer(link.seconds)]
      finding.fix = "sign a new link"
      return [finding]
    }
    guard let url = asset.reference.location.url, let link = SignedLink(url), let start = link.validFrom,
      Double(start) > asset.now + Self.clockSkew
    else { return [] }
    let date = Date(timeIntervalSince1970: Double(start)).formatted(.iso8601)
    var finding = asset.finding(
      entry, "the signed link (\(link.provider.rawValue)) does not work before \(date)")
    finding.actual = ["valid_from": .integer(start)]
    finding.fix = "sign a link that works from now on, or wait until then"
    return [finding]
  }

  /// The difference of clocks in seconds that is tolerated, as by Amazon S3.
  private static let clockSkew = 900.0
}

/// The time at which a signed link expires. It is absolute, so that two reports of one job agree.
struct SignedLinkExpiry {
  /// Who signed it.
  let provider: String
  /// The time of expiry in seconds since 1970.
  let seconds: Int64
  private let now: Double

  /// The expiry of an asset's signed link; `nil` if the link is not signed, or has no readable expiry.
  init?(_ asset: AssetSubject) {
    guard let url = asset.reference.location.url, let link = SignedLink(url), let expires = link.expires
    else { return nil }
    provider = link.provider.rawValue
    seconds = expires
    now = asset.now
  }

  /// Whether the link has expired.
  var isPast: Bool { Double(seconds) <= now }

  /// Whether the link works now, but expires within `margin` seconds.
  func ends(within margin: Double) -> Bool { !isPast && Double(seconds) < now + margin }

  /// The time as text, in UTC.
  var date: String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }
}
