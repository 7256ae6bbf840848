extension AssetError.Code {
  /// The server answered, and will not hand the asset out: 401, 403, 404, 410; or its name does not exist.
  public static let refused = AssetError.Code(rawValue: "refused")
  /// The connection could not be secured: an expired certificate, a wrong host name.
  public static let tls = AssetError.Code(rawValue: "tls")
  /// The server could not be asked now: 429, 5xx, a refused connection, a resolver that cannot answer.
  public static let unreachable = AssetError.Code(rawValue: "unreachable")
  /// The asset did not arrive in time.
  public static let timedOut = AssetError.Code(rawValue: "timed-out")
}
