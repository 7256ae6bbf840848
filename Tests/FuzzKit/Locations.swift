import AssetSource
import Foundation
import Locations
import SystemPackage

/// URLs: of jobs, of redirects, and signed ones.
enum LocationTargets {
  static let targets = [
    FuzzTarget("url", longest: 1 << 10) { bytes throws(BrokenPromise) in
      try url(String(decoding: bytes, as: UTF8.self))
      return true
    },
    FuzzTarget("redirect", longest: 1 << 10) { bytes throws(BrokenPromise) in
      try redirect(String(decoding: bytes, as: UTF8.self))
      return true
    },
    FuzzTarget("signed-link", longest: 1 << 10) { bytes throws(BrokenPromise) in
      try signedLink(String(decoding: bytes, as: UTF8.self))
      return true
    },
  ]

  private static let mappings: URLMappings? = {
    let prefixes = ["https://cdn.test/a/", "http://cdn.test:8080/a%20b/"]
    let mappings = prefixes.compactMap { try? URLMapping(prefix: $0, folder: "/srv/media") }
    return mappings.count == prefixes.count ? URLMappings(mappings) : nil
  }()

  private static func url(_ text: String) throws(BrokenPromise) {
    let location = AssetLocation(text)
    try demand(location.displayText.isFitToShow, "a location that cannot be shown: \(location.displayText)")
    try demand(location.identifier.utf8.count == 12, "an identifier of another length")
    for problem in location.problems {
      try demand(problem.message.isFitToShow, "a message that cannot be shown: \(problem.message)")
    }
    guard let url = location.url else { return }
    try demand(url.text == text, "a URL with another text")
    try check(url)
    try keepsSecrets(url, shown: location.displayText)
    try admitsNoInnerHost(url)
    if let direct = SharingLink(url)?.direct {
      try demand(direct.url.isSecure, "a direct link without encryption: \(direct.url.text)")
      try check(direct.url)
    }
    if let copy = try? mappings?.localCopy(of: url) {
      let names = copy.path.components.map(\.string)
      try demand(
        !names.isEmpty && copy.path.isRelative, "a copy that is not a file of the folder: \(copy.path)")
      try demand(
        names.allSatisfy { $0 != ".." && $0 != "." && !$0.contains("/") }, "a copy outside: \(copy.path)")
    }
  }

  /// A URL is one, however it was made.
  private static func check(_ url: AssetURL) throws(BrokenPromise) {
    try demand(url.scheme == "http" || url.scheme == "https", "scheme \(url.scheme)")
    try demand(
      !url.host.text.isEmpty && url.host.text.utf8.allSatisfy { (0x21...0x7E).contains($0) },
      "a host that is not ASCII: \(url.host.text)")
    try demand(url.host.text == url.host.text.lowercased(), "a host in capitals: \(url.host.text)")
    try demand(
      url.requestTarget.hasPrefix("/") && url.requestTarget.utf8.allSatisfy { (0x21...0x7E).contains($0) },
      "a request target that splits a request: \(url.requestTarget)")
    // The URL that is fetched is read again from its normalised parts.
    let plain = "\(url.scheme)://\(url.authority)\(url.requestTarget)"
    guard plain.utf8.count <= AssetURL.maximumLength else { return }
    let again = AssetURL.read(plain)
    try demand(again.problems.isEmpty, "its own parts are not a URL: \(plain): \(again.problems)")
    try demand(
      again.url?.host.text == url.host.text && again.url?.port == url.port
        && again.url?.requestTarget == url.requestTarget, "its own parts are another URL: \(plain)")
  }

  private static func keepsSecrets(_ url: AssetURL, shown: String) throws(BrokenPromise) {
    let hidden = [url.query, url.fragment].compactMap { $0 }.filter { $0.utf8.count > 3 }
    let rest = url.path + url.authority
    for secret in hidden where !rest.contains(secret) {
      try demand(!shown.contains(secret), "a query is shown: \(shown)")
    }
    try demand(
      !shown.dropFirst(url.scheme.count + 3).prefix { $0 != "/" }.contains("@"), "user info is shown")
  }

  /// What the C library takes for an address is judged as that address.
  private static func admitsNoInnerHost(_ url: AssetURL) throws(BrokenPromise) {
    let isAdmitted = AddressPolicy().admits(HostClass(url.host))
    for host in [url.host.text, written(url.text)] {
      var address = in_addr()
      guard inet_aton(host, &address) != 0 else { continue }
      let bytes = withUnsafeBytes(of: address.s_addr) { Array($0) }
      guard let address = IPAddress(bytes: bytes) else { continue }
      guard case .address(let readings) = url.host.kind else {
        throw BrokenPromise("a name that is the address \(address): \(host)")
      }
      try demand(readings.contains(address), "\(host) is \(address) to others, and \(readings) to us")
      try demand(!isAdmitted || HostClass(address).isPublic, "\(address) is admitted as \(host)")
    }
  }

  /// The host as written in a URL that could be read.
  private static func written(_ text: String) -> String {
    let authority = text.drop { $0 != "/" }.dropFirst(2).prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return String(host.prefix { $0 != ":" })
  }

  /// A base on the first line, and what a server answers on the second.
  private static func redirect(_ text: String) throws(BrokenPromise) {
    let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let base = AssetURL.read(String(parts[0])).url else { return }
    let reading = base.resolving(String(parts[1]))
    guard let url = reading.url else {
      try demand(!reading.problems.isEmpty, "no URL, and no reason")
      return
    }
    try check(url)
    try admitsNoInnerHost(url)
  }

  private static func signedLink(_ query: String) throws(BrokenPromise) {
    guard let link = SignedLink(query: query) else { return }
    let times = [link.validFrom, link.expires].compactMap { $0 }
    // An implausible time must not overflow in code that computes with it.
    try demand(times.allSatisfy { abs($0) < 1 << 50 }, "implausible times: \(times)")
  }
}
