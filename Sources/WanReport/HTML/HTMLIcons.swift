import MediaFacts
import WanCheck

/// Small drawings, each defined once on the page; the text beside each says the same.
enum HTMLIcons {
  static let markup: Markup = """
    <svg width="0" height="0" class="defs" aria-hidden="true"><defs>\
    <symbol id="i-valid" viewBox="0 0 16 16"><path d="M3 8.5 6.5 12 13 4.5"/></symbol>\
    <symbol id="i-invalid" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>\
    <symbol id="i-inconclusive" viewBox="0 0 16 16"><path d="M5.5 6a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.4v.3M8 12.6v.4"/></symbol>\
    <symbol id="k-image" viewBox="0 0 32 32"><rect x="4" y="6" width="24" height="20" rx="2"/>\
    <circle cx="11" cy="13" r="2.5"/><path d="m5 24 8-7 5 4 5-5 5 5"/></symbol>\
    <symbol id="k-audio" viewBox="0 0 32 32"><path d="M5 13v6M10 9v14M15 5v22M20 10v12M25 13v6"/></symbol>\
    <symbol id="k-video" viewBox="0 0 32 32"><rect x="4" y="6" width="24" height="20" rx="2"/><path d="m13 11 8 5-8 5z"/></symbol>\
    <symbol id="k-file" viewBox="0 0 32 32"><path d="M8 4h11l6 6v18H8zM19 4v6h6"/></symbol>\
    </defs></svg>
    """

  /// The icon of a verdict.
  static func verdict(_ verdict: Verdict) -> Markup {
    "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-\(verdict.rawValue)\"/></svg>"
  }

  /// The drawing that replaces the preview of an asset that has none.
  static func kind(_ kind: MediaKind?) -> Markup {
    "<svg class=\"kind\" aria-hidden=\"true\"><use href=\"#k-\(kind?.rawValue ?? "file")\"/></svg>"
  }
}
