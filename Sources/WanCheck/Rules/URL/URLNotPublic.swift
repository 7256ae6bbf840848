import AssetOpening
import Locations

/// "Must be publicly accessible."
struct URLNotPublic: AssetRule {
  let entry = RuleEntry(
    "url-not-public", .url,
    summary: "A URL's host is public: no loopback, private or link-local address, and no local name.",
    breaks: .job(#"{"$start_image": "http://192.168.1.20/a.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let url = asset.reference.location.url, !asset.reference.isPlaceholder else { return [] }
    return refused(asset) ?? stated(url, asset) ?? met(asset) ?? unvetted(asset) ?? []
  }

  /// What was not contacted: an address of the host, or a host that it redirects to. That says more than a note on the
  /// host itself, where that one was allowed.
  private func refused(_ asset: AssetSubject) -> [Finding]? {
    guard let failure = asset.examination.failure, failure.code == .notPublic else { return nil }
    return [finding(asset, failure.hostClass, "\(failure.message): the provider cannot reach it")]
  }

  /// The URL's own host.
  private func stated(_ url: AssetURL, _ asset: AssetSubject) -> [Finding]? {
    let host = HostClass(url.host)
    return host.isPublic ? nil : [finding(asset, host, "\(host.reason): the provider cannot reach it")]
  }

  /// An address of it, or a host that it redirects to, that was allowed.
  private func met(_ asset: AssetSubject) -> [Finding]? {
    if let exception = asset.examination.delivery?.exception {
      return [
        finding(asset, exception, "the URL leads to a \(exception.reason): the provider cannot reach it")
      ]
    }
    // Not every opener says whom it met.
    guard let final = asset.examination.delivery?.finalURL, case let host = HostClass(final.host),
      !host.isPublic
    else { return nil }
    return [finding(asset, host, "the URL redirects to a \(host.reason): the provider cannot reach it")]
  }

  private func unvetted(_ asset: AssetSubject) -> [Finding]? {
    guard asset.examination.delivery?.isProxied ?? false else { return nil }
    var finding = asset.finding(
      entry, "the asset was fetched through a proxy: the addresses of its host were not checked")
    finding.severity = .note
    return [finding]
  }

  private func finding(_ asset: AssetSubject, _ host: HostClass?, _ message: String) -> Finding {
    var finding = asset.finding(entry, message)
    let policy = AddressPolicy(allowsPrivateHosts: asset.configuration.allowPrivateHosts)
    if let host {
      if policy.admits(host) { finding.severity = .note }
      finding.actual = ["class": .text(host.code.rawValue)]
    }
    if let url = asset.reference.location.url { finding.actual["host"] = .text(url.host.description) }
    finding.fix = "upload the file to a public host"
    return finding
  }
}
