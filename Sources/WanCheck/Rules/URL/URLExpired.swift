import AssetSource

/// A signed link works until it expires.
struct URLExpired: AssetRule {
  let entry = RuleEntry(
    "url-expired", .url,
    summary: "A signed link has not expired.",
    source: .apiPage("Must be publicly accessible."),
    breaks: .job(
      #"{"start_image_url": "https://b.s3.amazonaws.com/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k&X-Amz-Date=20200101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0"}"#
    ),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let (link, seconds) = SignedLinkAge.remaining(asset), seconds <= 0 else { return [] }
    var finding = asset.finding(
      entry, "the signed link (\(link.provider.rawValue)) expired \(SignedLinkAge.text(-seconds)) ago")
    finding.actual = ["expired_seconds_ago": .integer(Int64(clamping: Int(-seconds)))]
    finding.fix = "sign a new link"
    return [finding]
  }
}

/// How long a signed link still works.
enum SignedLinkAge {
  /// The link and the seconds until it expires; below zero once it has.
  static func remaining(_ asset: AssetSubject) -> (SignedLink, Double)? {
    guard let url = asset.reference.location.url, let link = SignedLink(url), let expires = link.expires
    else { return nil }
    return (link, Double(expires) - asset.circumstances.now)
  }

  /// Seconds as people say them: `12 minutes`, `3 days`.
  static func text(_ seconds: Double) -> String {
    for (unit, name) in [(86400.0, "day"), (3600.0, "hour"), (60.0, "minute")] where seconds >= unit {
      let count = Int(min(seconds / unit, 1e9))
      return "\(count) \(name)\(count == 1 ? "" : "s")"
    }
    return "\(Int(max(0, seconds))) seconds"
  }
}
