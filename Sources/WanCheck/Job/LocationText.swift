public import AssetSource
import SystemPackage

extension AssetURL {
  /// The URL with its query, but without credentials and fragment: a password is never shown, whatever somebody asks to
  /// see, nor is a token in the path, and a fragment is never sent.
  public var textWithQuery: String {
    if hasCredentials || pathCredential != nil {
      return "\(scheme)://\(authority)\(shownPath.isEmpty ? "/" : shownPath)\(query.map { "?" + $0 } ?? "")"
    }
    return fragment == nil ? text : String(text.prefix { $0 != "#" })
  }
}

extension AssetLocation {
  /// The path, if it is one that is shown as it stands.
  var shownPath: FilePath? { path.flatMap { displayText == AssetSource.displayText($0) ? $0 : nil } }

  /// The location with its query, but without user info; a text that is no URL is redacted as it always is.
  var textWithQuery: String {
    switch kind {
    case .url(let url): url.textWithQuery
    case .unreadableURL: displayText
    // Where user info may be, as for a text that is no URL.
    case .path: text.utf8.contains(UInt8(ascii: "@")) || text.utf8.count > 4096 ? displayText : text
    }
  }
}
