import AssetOpening
import Locations
import MediaFacts
public import WanCheck

/// What a verdict rests on, for people: what was fetched, and what the bytes proved. Queries and keys are redacted.
public struct EvidenceLines: Sendable {
  private let palette: Palette

  /// Lines in colour or not.
  public init(color: Bool = false) { palette = Palette(enabled: color) }

  /// The lines about the assets of `result`.
  public func text(_ result: CheckResult) -> String {
    result.assets.map(text).joined()
  }

  private func text(_ asset: AssetResult) -> String {
    let role = asset.role.map { "\($0.rawValue) " } ?? ""
    var lines = ["\(role)\(displayText(asset.location))"]
    if let delivery = asset.delivery { lines.append("  fetched: \(words(delivery))") }
    if asset.delivery == nil, AssetLocation(asset.rawLocation).url != nil { lines.append("  not fetched") }
    if let facts = asset.facts {
      let proved = facts.evidence.map { $0.rawValue.replacing("_", with: " ") }
      lines.append("  proved: \(proved.isEmpty ? "nothing" : proved.joined(separator: ", "))")
    } else {
      lines.append("  proved: nothing")
    }
    if let sha256 = asset.sha256 {
      let bytes = if case .exactly(let bytes) = asset.size { " of \(bytes) bytes" } else { "" }
      lines.append("  sha256\(bytes): \(sha256)")
    }
    return lines.map { palette.paint("wan-check: \($0)", .faint) + "\n" }.joined()
  }

  private func words(_ delivery: DeliveryFacts) -> String {
    var parts = [
      "status \(delivery.status)", counted(delivery.requests, "request"),
      counted(delivery.bytesReceived, "byte"),
    ]
    if delivery.redirects > 0 {
      parts.append(
        "\(counted(delivery.redirects, "redirect")) to \(delivery.finalURL.displayText)")
    }
    if let type = delivery.contentType { parts.append(displayText(type)) }
    if let etag = delivery.etag { parts.append("etag \(displayText(etag))") }
    if delivery.isProxied { parts.append("through a proxy") }
    return parts.joined(separator: ", ")
  }

  private func counted(_ count: some BinaryInteger, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
