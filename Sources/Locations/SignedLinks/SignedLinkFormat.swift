/// One way to sign a link: the parameters that identify it, and where its times are.
struct SignedLinkFormat: Sendable {
  /// The link, or `nil` if the parameters are not signed in this way.
  let read: @Sendable (QueryParameters) -> SignedLink?

  /// Every known way; no two share the parameters that identify them.
  static let all: [SignedLinkFormat] = [
    startAndSpan(.s3, prefix: "X-Amz-"),
    epoch(.s3, key: "AWSAccessKeyId"),
    startAndSpan(.googleCloudStorage, prefix: "X-Goog-"),
    epoch(.googleCloudStorage, key: "GoogleAccessId"),
    epoch(.googleCloudCDN, key: "KeyName"),
    azure,
    cloudFront,
    alibabaOSS,
    epoch(.alibabaOSS, key: "OSSAccessKeyId"),
    tencentCOS,
    startAndSpan(.volcengineTOS, prefix: "X-Tos-"),
    epoch(.huaweiOBS, key: "AccessKeyId"),
    discord,
    webToken,
  ]

  /// The longest span of a signature of version 4; Amazon, Google and Alibaba refuse a longer one.
  private static let longestSpan: Int64 = 7 * 86_400

  /// `Expires` in seconds since 1970, together with the id of a key.
  private static func epoch(_ provider: SignedLink.Provider, key: String) -> SignedLinkFormat {
    SignedLinkFormat { parameters in
      guard parameters.has(key, "Signature", "Expires") else { return nil }
      return SignedLink(provider, expires: parameters.value("Expires").flatMap(LinkTime.epoch))
    }
  }

  /// A date, and a number of seconds after it.
  private static func startAndSpan(_ provider: SignedLink.Provider, prefix: String) -> SignedLinkFormat {
    SignedLinkFormat { parameters in
      guard parameters.has(prefix + "Signature"),
        parameters.has(prefix + "Date") || parameters.has(prefix + "Expires")
      else { return nil }
      return startAndSpan(provider, parameters, date: prefix + "Date", expires: prefix + "Expires")
    }
  }

  private static func startAndSpan(
    _ provider: SignedLink.Provider, _ parameters: QueryParameters, date: String, expires: String
  ) -> SignedLink {
    let start = parameters.value(date).flatMap(LinkTime.compact)
    let span = parameters.value(expires).flatMap(LinkTime.epoch)
    guard let start, let span, span <= longestSpan else {
      return SignedLink(provider, validFrom: start, expires: nil)
    }
    // Neither is beyond the year 9999.
    return SignedLink(provider, validFrom: start, expires: start + span)
  }

  /// Version 4 writes a date and a span, version 2 the end; both in parameters of lower case.
  private static let alibabaOSS = SignedLinkFormat { parameters in
    guard parameters.has("x-oss-signature"), parameters.has("x-oss-date") || parameters.has("x-oss-expires")
    else { return nil }
    if parameters.value("x-oss-signature-version") == "OSS2" {
      return SignedLink(.alibabaOSS, expires: parameters.value("x-oss-expires").flatMap(LinkTime.epoch))
    }
    return startAndSpan(.alibabaOSS, parameters, date: "x-oss-date", expires: "x-oss-expires")
  }

  /// The link's own times and those of the key that signed it. Both apply.
  private static let tencentCOS = SignedLinkFormat { parameters in
    guard parameters.has("q-signature", "q-sign-time") else { return nil }
    let names = ["q-sign-time"] + (parameters.has("q-key-time") ? ["q-key-time"] : [])
    let spans = names.compactMap { parameters.value($0).flatMap(LinkTime.span) }
    guard spans.count == names.count else { return SignedLink(.tencentCOS, expires: nil) }
    return SignedLink(
      .tencentCOS, validFrom: spans.map(\.start).max(), expires: spans.map(\.end).min())
  }

  /// `st` and `se`; the times of a user delegation key (`skt`, `ske`) apply as well. The times of a stored policy (`si`) are
  /// not in the link; it may end the link before `se`, but never after.
  private static let azure = SignedLinkFormat { parameters in
    guard parameters.has("sv", "sig"), parameters.has("se") || parameters.has("si") else { return nil }
    func time(_ name: String) -> Int64? { parameters.value(name).flatMap(LinkTime.extended) }
    let ends = [time("se")] + (parameters.has("ske") ? [time("ske")] : [])
    let knownEnds = ends.compactMap { $0 }
    // If only one start can be read, it is used; the link works from the later of both.
    return SignedLink(
      .azure, validFrom: [time("st"), time("skt")].compactMap { $0 }.max(),
      expires: knownEnds.count == ends.count ? knownEnds.min() : nil)
  }

  /// Either `Expires` or a policy with the time, not both.
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

  /// `ex` and `is`, the end and the issue, in hexadecimal seconds since 1970, and `hm`, the signature.
  private static let discord = SignedLinkFormat { parameters in
    guard parameters.has("ex", "is", "hm") else { return nil }
    return SignedLink(.discord, expires: parameters.value("ex").flatMap(LinkTime.hexadecimal))
  }

  /// `token`, a JSON Web Token. That of Supabase names the file.
  private static let webToken = SignedLinkFormat { parameters in
    guard let token = parameters.value("token").flatMap({ WebToken($0) }) else { return nil }
    return SignedLink(
      token.namesURL ? .supabase : .webToken, validFrom: token.notBefore, expires: token.expires)
  }
}

/// The parameters of a query, percent-decoded, for reading only.
///
/// Names are recognised in any letter case, as some servers do. A value is read only if its name has the letter case that
/// every server understands.
struct QueryParameters: Sendable {
  private struct Entry: Sendable {
    var name: String
    var value: String?
  }

  private var entries: [String: [Entry]] = [:]

  /// Splits a query at `&` and the first `=`.
  init(_ query: String) {
    for pair in query.split(separator: "&") {
      let equals = pair.utf8.firstIndex(of: UInt8(ascii: "="))
      let value = equals.map { pair[pair.utf8.index(after: $0)...] } ?? ""
      guard let name = PercentEncoding.decode(pair[..<(equals ?? pair.endIndex)]) else { continue }
      entries[name.lowercased(), default: []].append(Entry(name: name, value: PercentEncoding.decode(value)))
    }
  }

  /// Whether every one of `names` is there, in any letter case and with any value.
  func has(_ names: String...) -> Bool {
    names.allSatisfy { entries[$0.lowercased()] != nil }
  }

  /// The value of `name`; `nil` if it is missing, duplicated (in any letter case), badly encoded, or in another letter
  /// case.
  func value(_ name: String) -> String? {
    guard let all = entries[name.lowercased()], all.count == 1, let entry = all.first, entry.name == name
    else { return nil }
    return entry.value
  }
}
