extension AssetError.Code {
  /// The server answered, and will not hand the asset out: 401, 403, 404, 410; or its name does not exist.
  public static let refused = AssetError.Code(rawValue: "refused")
  /// The connection could not be secured: an expired certificate, a wrong host name.
  public static let tls = AssetError.Code(rawValue: "tls")
  /// The server could not be asked now: 429, 5xx, a refused connection, a resolver that cannot answer.
  public static let unreachable = AssetError.Code(rawValue: "unreachable")
  /// A host or an address that may not be contacted stands in the way; `hostClass` says what it is.
  public static let notPublic = AssetError.Code(rawValue: "not-public")
  /// It redirects to something that is neither http nor https.
  public static let schemeUnsupported = AssetError.Code(rawValue: "scheme-unsupported")
  /// The asset is longer than the caller wanted to have transferred.
  public static let tooLarge = AssetError.Code(rawValue: "too-large")
  /// The asset did not arrive in time.
  public static let timedOut = AssetError.Code(rawValue: "timed-out")
}
