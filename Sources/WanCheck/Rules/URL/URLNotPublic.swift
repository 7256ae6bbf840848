import AssetSource

/// "Must be publicly accessible."
struct URLNotPublic: AssetRule {
  let entry = RuleEntry(
    "url-not-public", .url,
    summary: "A URL's host is public: no loopback, private or link-local address, and no local name.",
    source: .apiPage("Must be publicly accessible."),
    breaks: .job(#"{"start_image_url": "http://192.168.1.20/a.png"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let url = asset.reference.location.url, !asset.reference.location.isPlaceholder else { return [] }
    let redirected = asset.examination.delivery?.finalURL
    // The URL itself first; one that redirects to a host that is not public is not public either.
    guard let judged = [url, redirected].compactMap(\.self).first(where: { !HostClass($0.host).isPublic })
    else {
      return []
    }
    let host = HostClass(judged.host)
    let way = judged == url ? "" : "it redirects to a "
    var finding = asset.finding(entry, "\(way)\(host.reason): the provider cannot reach it")
    let policy = AddressPolicy(allowsPrivateHosts: asset.circumstances.allowPrivateHosts)
    if policy.admits(host) { finding.severity = .note }
    finding.actual = ["host": .text(judged.host.description), "class": .text(host.code.rawValue)]
    finding.fix = "upload the file to a public host"
    return [finding]
  }
}
