import Foundation

/// Where a proxy shall go for a client, and what it says there.
struct Errand: Equatable {
  /// The host in lower case, without brackets.
  var host: String
  /// The port.
  var port: Int
  /// The head for the server; `nil` for a tunnel, through which the client itself speaks.
  var head: String?

  /// `nil` where `request` is nothing for a proxy.
  init?(_ request: RequestHead) {
    let isTunnel = request.method == "CONNECT"
    let text = isTunnel ? "tunnel://\(request.target)" : request.target
    guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty,
      isTunnel ? url.port != nil : url.scheme?.lowercased() == "http"
    else { return nil }
    self.host = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    port = url.port ?? 80
    guard !isTunnel else { return }
    // What follows the authority is passed on as it was written.
    let afterScheme = request.target.drop { $0 != "/" }.dropFirst(2)
    let tail = afterScheme.drop { $0 != "/" && $0 != "?" }
    let path = tail.hasPrefix("/") ? String(tail) : "/\(tail)"
    let mine: Set = ["proxy-authorization", "proxy-connection", "connection"]
    let fields = request.fields.filter { !mine.contains($0.name.lowercased()) }
    let lines = ["\(request.method) \(path) HTTP/1.1"] + fields.map(\.description) + ["Connection: close"]
    head = lines.joined(separator: "\r\n") + "\r\n\r\n"
  }
}
