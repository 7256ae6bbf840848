/// The time at which a signed link expires, if its query states it in plain text.
///
/// Nothing is guessed. The time is unknown if a parameter is missing, duplicated, malformed, or in another letter case than
/// the provider's. It is also unknown if a signature of version 4 has a span of more than seven days: the providers
/// refuse such a link, but other servers of their protocol may not. The signature is not checked, and temporary
/// credentials can end a link earlier.
public struct SignedLink: Sendable, Hashable {
  /// The provider of the signature format; new providers may be added.
  public struct Provider: RawRepresentable, Sendable, Hashable, Codable {
    /// The well-known name.
    public var rawValue: String

    /// A provider by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Amazon S3 and compatible services (R2, MinIO, Spaces), signature versions 2 and 4.
    public static let s3 = Provider(rawValue: "Amazon S3")
    /// Google Cloud Storage, signature versions 2 and 4.
    public static let googleCloudStorage = Provider(rawValue: "Google Cloud Storage")
    /// Google Cloud CDN, whose signed links name their key.
    public static let googleCloudCDN = Provider(rawValue: "Google Cloud CDN")
    /// Azure Storage, shared access signatures.
    public static let azure = Provider(rawValue: "Azure Storage")
    /// Amazon CloudFront, canned and custom policies.
    public static let cloudFront = Provider(rawValue: "Amazon CloudFront")
    /// Alibaba Cloud OSS, signature versions 1, 2 and 4.
    public static let alibabaOSS = Provider(rawValue: "Alibaba Cloud OSS")
    /// Tencent Cloud COS.
    public static let tencentCOS = Provider(rawValue: "Tencent Cloud COS")
    /// Volcengine TOS, signature version 4.
    public static let volcengineTOS = Provider(rawValue: "Volcengine TOS")
    /// Huawei Cloud OBS.
    public static let huaweiOBS = Provider(rawValue: "Huawei Cloud OBS")
    /// Attachments of Discord.
    public static let discord = Provider(rawValue: "Discord")
    /// Storage of Supabase.
    public static let supabase = Provider(rawValue: "Supabase")
    /// Any other service whose token is a JSON Web Token.
    public static let webToken = Provider(rawValue: "JSON Web Token")
  }

  /// Who signed the link.
  public let provider: Provider
  /// When the link begins to work, in seconds since 1970; `nil` if that is not stated in plain text.
  public let validFrom: Int64?
  /// When the link stops working, in seconds since 1970; `nil` if that is not stated in plain text.
  public let expires: Int64?

  /// Reads a URL as a signed link; `nil` if it is not of a known kind, or could be of two kinds.
  public init?(_ url: AssetURL) {
    guard let query = url.query else { return nil }
    self.init(query: query)
  }

  /// Reads the query of a signed link, as given, without the question mark.
  public init?(query: String) {
    let parameters = QueryParameters(query)
    let links = SignedLinkFormat.all.compactMap { $0.read(parameters) }
    guard links.count == 1, let link = links.first else { return nil }
    self = link
  }

  init(_ provider: Provider, validFrom: Int64? = nil, expires: Int64?) {
    self.provider = provider
    self.validFrom = validFrom
    self.expires = expires
  }
}
