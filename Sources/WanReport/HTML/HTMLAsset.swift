import AssetOpening
import Foundation
import Locations
import MediaFacts
import WanCheck

/// One asset: its preview, its location, its facts, and its values beside each limit.
struct HTMLAsset {
  var asset: AssetResult
  var isJob: Bool
  var context: ReportContext
  var showsPicture: Bool

  var markup: Markup {
    """
    <div class="a \(asset.verdict.rawValue)"><div class="thumb">\(picture)</div><div class="ab">\
    \(heading)<p class="line">\(line)</p>\(gauges)\(facts)</div></div>
    """
  }

  /// The preview, or a drawing of the kind of media; the text beside it says the same.
  private var picture: Markup {
    guard showsPicture, let preview = asset.facts?.preview else { return HTMLIcons.kind(kind) }
    let data = Data(preview.jpeg).base64EncodedString()
    return """
      <img src="data:image/jpeg;base64,\(data)" width="\(preview.width)" height="\(preview.height)" alt="" \
      loading="lazy" decoding="async">
      """
  }

  private var kind: MediaKind? { asset.facts?.format?.kind ?? asset.role?.kind }

  /// The heading of an asset of a job; a single asset has the result's own heading.
  private var heading: Markup? {
    guard isJob else { return nil }
    return """
      <h3><span class="role">\(asset.role?.rawValue ?? "asset")</span> <span class="name">\(location)</span>\
      <span class="sr">, \(asset.verdict.rawValue)</span></h3>
      """
  }

  private var location: String { context.showURLs ? asset.rawLocation : asset.location }

  private var line: String {
    let role = isJob ? nil : asset.role?.rawValue
    let text = AssetLine.text(asset) ?? "nothing was measured"
    return [role, text, asset.localCopyClause].compactMap(\.self).joined(separator: " · ")
  }

  private var gauges: Markup? {
    let gauges = asset.gauges(context.limits).map { HTMLGauge(gauge: $0).markup }
    return gauges.isEmpty ? nil : "<ul class=\"gauges\" aria-label=\"Limits\">\(gauges)</ul>"
  }

  /// The facts that the verdict is based on, for readers who open them.
  private var facts: Markup? {
    let items = HTMLFacts(asset: asset, showURLs: context.showURLs).items
    guard !items.isEmpty else { return nil }
    return "<details><summary>Facts</summary><dl>\(items)</dl></details>"
  }
}

/// The facts of an asset as pairs of name and value.
struct HTMLFacts {
  var asset: AssetResult
  var showURLs: Bool

  var items: [Markup] {
    (media + proof + delivery).map { name, value in "<dt>\(name)</dt><dd>\(value)</dd>" }
  }

  private typealias Pair = (String, String)

  private var media: [Pair] {
    guard let facts = asset.facts else { return [] }
    var pairs: [Pair] = []
    if let detail = facts.formatDetail { pairs.append(("content", detail)) }
    if let image = facts.image {
      pairs.append(("colour", "\(image.color.rawValue), \(image.bitDepth) bits, \(image.coding.rawValue)"))
      if image.orientation != 1 { pairs.append(("orientation", "\(image.orientation)")) }
      if image.animated { pairs.append(("frames", "\(image.frames)")) }
      if image.alpha { pairs.append(("alpha", image.transparentPixels == false ? "all opaque" : "yes")) }
    }
    if let audio = facts.audio, let rate = audio.sampleRate, let channels = audio.channels {
      pairs.append(("sound", "\(rate) Hz, \(channels) channel\(channels == 1 ? "" : "s")"))
    }
    if let video = facts.video { pairs += self.video(video) }
    return pairs
  }

  private func video(_ video: VideoFacts) -> [Pair] {
    var pairs: [Pair] = []
    if let rate = video.frameRate {
      let frames = video.frames.map { ", \($0) frames" } ?? ""
      pairs.append(("frame rate", "\((rate.doubleValue * 1000).rounded() / 1000)\(frames)"))
    }
    if video.rotation != 0 { pairs.append(("rotation", "\(video.rotation)°")) }
    pairs.append(("sound", video.hasAudio ? "yes" : "none"))
    if let brand = video.brand { pairs.append(("brand", brand)) }
    return pairs
  }

  private var proof: [Pair] {
    var pairs: [Pair] = []
    if let facts = asset.facts, !facts.evidence.isEmpty {
      let proved = facts.evidence.map { $0.rawValue.replacing("_", with: " ") }
      pairs.append(("examined", proved.joined(separator: ", ")))
    }
    if asset.facts?.endDeclared == false { pairs.append(("declared end", "none: a cut would not show")) }
    if let digest = asset.sha256 { pairs.append(("SHA-256", digest)) }
    if asset.delivery != nil { pairs.append(("location id", asset.locationID)) }
    return pairs
  }

  private var delivery: [Pair] {
    guard let delivery = asset.delivery else { return [] }
    var pairs: [Pair] = [("answer", "status \(delivery.status), \(delivery.bytesReceived) bytes received")]
    if delivery.redirects > 0 {
      let url = delivery.finalURL
      pairs.append(("redirected to", showURLs ? url.textWithQuery : url.displayText))
    }
    if let type = delivery.contentType { pairs.append(("content type", type)) }
    if let encoding = delivery.contentEncoding { pairs.append(("content encoding", encoding)) }
    return pairs
  }
}
