/// What a client asked: the request line and the header, as received.
public struct RequestHead: Sendable, Hashable {
  /// The method, such as `GET`.
  public var method: String
  /// The request target as written: a path with its query, an absolute URL, or an authority.
  public var target: String
  /// The version as written, such as `HTTP/1.1`.
  public var version: String
  /// The fields in the order in which they came.
  public var fields: [HeaderField]

  /// A head of those parts.
  public init(method: String, target: String, version: String = "HTTP/1.1", fields: [HeaderField] = []) {
    self.method = method
    self.target = target
    self.version = version
    self.fields = fields
  }

  /// The value of the first field called `name`, in whatever case.
  public subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The target without its query.
  public var path: String { String(target.prefix { $0 != "?" }) }

  /// Whether the client wants the connection kept for another request.
  package var asksToKeepAlive: Bool {
    let wish = self["Connection"]?.lowercased()
    return version == "HTTP/1.1" ? wish != "close" : wish == "keep-alive"
  }
}
