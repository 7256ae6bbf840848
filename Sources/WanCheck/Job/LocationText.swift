public import AssetSource

extension AssetURL {
  /// The URL with its query, but without user info and fragment: a password is never shown, whatever somebody asks to
  /// see, and a fragment is never sent.
  public var textWithQuery: String {
    guard !hasCredentials else { return "\(scheme)://\(authority)\(requestTarget)" }
    return fragment == nil ? text : String(text.prefix { $0 != "#" })
  }
}

extension AssetLocation {
  /// The location with its query, but without user info; a text that is no URL is redacted as it always is.
  var textWithQuery: String {
    switch kind {
    case .url(let url): url.textWithQuery
    case .unreadableURL: displayText
    case .path: text
    }
  }
}
