/// Host names that the public DNS does not answer, or that stand for a machine's own surroundings.
enum SpecialNames {
  /// The class of a normalised name: lower case, no trailing dot.
  static func classify(_ name: String) -> HostClass {
    if metadataServices.contains(name) {
      return HostClass(.metadata, reason: "cloud metadata name \(name)")
    }
    let labels = name.split(separator: ".")
    guard let last = labels.last.map(String.init) else {
      return HostClass(.localName, reason: "empty name")
    }
    if last == "localhost" { return HostClass(.loopback, reason: "loopback name \(name)") }
    if labels.count == 1 { return HostClass(.localName, reason: "name without a dot: \(name)") }
    if localDomains.contains(last) || name == "home.arpa" || name.hasSuffix(".home.arpa") {
      return HostClass(.localName, reason: "name that the public DNS does not answer: \(name)")
    }
    return HostClass(.public, reason: "public name \(name)")
  }

  private static let metadataServices: Set<String> = [
    "metadata", "metadata.google.internal", "metadata.goog", "metadata.azure.internal",
    "metadata.tencentyun.com", "instance-data", "instance-data.ec2.internal",
  ]

  /// Top-level domains that are reserved (RFC 6761, 6762, 7686, 9476, ICANN's `internal`), or that private
  /// networks use so widely that they are never delegated.
  private static let localDomains: Set<String> = [
    "alt", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local",
    "localdomain", "mail", "onion", "private", "test", "workgroup",
  ]
}
