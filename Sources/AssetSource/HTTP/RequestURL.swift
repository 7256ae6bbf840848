import Foundation

/// The URL of a request as the HTTP client takes it, which reads it with Foundation.
enum RequestURL {
  /// The text to ask with; `nil` if the client would ask for another target, such as `/` in place of a path whose
  /// escapes are no UTF-8.
  static func text(of url: AssetURL) -> String? {
    let text = "\(url.scheme)://\(url.authority)\(url.requestTarget)"
    guard let read = URL(string: text), !read.path.isEmpty, read.query == url.query,
      let path = URLComponents(url: read, resolvingAgainstBaseURL: false)?.percentEncodedPath,
      path == (url.path.isEmpty ? "/" : url.path)
    else { return nil }
    return text
  }
}
