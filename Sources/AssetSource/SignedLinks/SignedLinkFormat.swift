/// One way to sign a link: the parameters that give it away, and where it keeps its times.
struct SignedLinkFormat: Sendable {
  /// The link, or `nil` if the parameters are not signed in this way.
  let read: @Sendable (QueryParameters) -> SignedLink?

  /// Every known way; no two share the parameters that give them away.
  static let all: [SignedLinkFormat] = [
    startAndSpan(.s3, prefix: "X-Amz-"),
    epoch(.s3, key: "AWSAccessKeyId"),
    startAndSpan(.googleCloudStorage, prefix: "X-Goog-"),
    epoch(.googleCloudStorage, key: "GoogleAccessId"),
    azure,
    cloudFront,
    startAndSpan(.alibabaOSS, prefix: "x-oss-", nameCase: { $0.lowercased() }),
    epoch(.alibabaOSS, key: "OSSAccessKeyId"),
  ]

  /// `Expires` in seconds since 1970, beside the id of a key.
  private static func epoch(_ provider: SignedLink.Provider, key: String) -> SignedLinkFormat {
    SignedLinkFormat { parameters in
      guard parameters.has(key, "Signature", "Expires") else { return nil }
      return SignedLink(provider, expires: parameters.value("Expires").flatMap(LinkTime.epoch))
    }
  }

  /// A date, and for how many seconds from then on.
  private static func startAndSpan(
    _ provider: SignedLink.Provider, prefix: String,
    nameCase: @escaping @Sendable (String) -> String = { $0 }
  ) -> SignedLinkFormat {
    let names = ["Date", "Expires", "Signature"].map { prefix + nameCase($0) }
    return SignedLinkFormat { parameters in
      guard parameters.has(names[2]), parameters.has(names[0]) || parameters.has(names[1]) else { return nil }
      let start = parameters.value(names[0]).flatMap(LinkTime.compact)
      let span = parameters.value(names[1]).flatMap(LinkTime.epoch)
      guard let start, let span else { return SignedLink(provider, validFrom: start, expires: nil) }
      let (end, overflow) = start.addingReportingOverflow(span)
      return SignedLink(provider, validFrom: start, expires: overflow ? nil : end)
    }
  }

  /// `st` and `se`; a user delegation key (`ske`) can end sooner. A stored policy (`si`) keeps its times to
  /// itself, and may end the link sooner than `se` says, but never later.
  private static let azure = SignedLinkFormat { parameters in
    guard parameters.has("sv", "sig"), parameters.has("se") || parameters.has("si") else { return nil }
    let start = parameters.value("st").flatMap(LinkTime.extended)
    var ends = [parameters.value("se").flatMap(LinkTime.extended)]
    if parameters.has("ske") { ends.append(parameters.value("ske").flatMap(LinkTime.extended)) }
    let known = ends.compactMap { $0 }
    return SignedLink(.azure, validFrom: start, expires: known.count == ends.count ? known.min() : nil)
  }

  /// `Expires`, or a policy that says when; not both.
  private static let cloudFront = SignedLinkFormat { parameters in
    guard parameters.has("Key-Pair-Id", "Signature") else { return nil }
    switch (parameters.has("Expires"), parameters.has("Policy")) {
    case (true, false):
      return SignedLink(.cloudFront, expires: parameters.value("Expires").flatMap(LinkTime.epoch))
    case (false, true):
      let times = parameters.value("Policy").flatMap(CloudFrontPolicy.times)
      return SignedLink(.cloudFront, validFrom: times?.validFrom, expires: times?.expires)
    case (true, true):
      return SignedLink(.cloudFront, expires: nil)
    case (false, false):
      return nil
    }
  }
}
