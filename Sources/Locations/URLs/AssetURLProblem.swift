/// Something wrong with a string that should be an http(s) URL.
public struct AssetURLProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of problem it is; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Nothing there.
    public static let empty = Code(rawValue: "empty")
    /// Longer than `AssetURL.maximumLength`.
    public static let tooLong = Code(rawValue: "too-long")
    /// No scheme: a relative reference such as `//host/path`.
    public static let schemeMissing = Code(rawValue: "scheme-missing")
    /// A scheme other than http and https.
    public static let schemeUnsupported = Code(rawValue: "scheme-unsupported")
    /// A space or a line break, at either end or inside.
    public static let whitespace = Code(rawValue: "whitespace")
    /// A control character.
    public static let controlCharacter = Code(rawValue: "control-character")
    /// A backslash, which some programs read as a slash.
    public static let backslash = Code(rawValue: "backslash")
    /// A character that must be percent-encoded (RFC 3986), such as `|` or `é` in a path.
    public static let unencodedCharacter = Code(rawValue: "unencoded-character")
    /// A percent sign without two hexadecimal digits.
    public static let badEscape = Code(rawValue: "bad-escape")
    /// Nothing between the slashes and the path.
    public static let hostMissing = Code(rawValue: "host-missing")
    /// A host that is neither a name nor an address.
    public static let badHost = Code(rawValue: "bad-host")
    /// A host with non-ASCII letters that internationalised domain names (IDNA) do not allow.
    public static let badInternationalHost = Code(rawValue: "bad-international-host")
    /// A bracketed host that is not an IPv6 address.
    public static let badIPv6 = Code(rawValue: "bad-ipv6")
    /// An IPv6 address with a zone, which means something on one machine only.
    public static let zone = Code(rawValue: "zone")
    /// A port that is not a number from 1 to 65535.
    public static let badPort = Code(rawValue: "bad-port")
    /// A user name or password; the URL can be read nonetheless.
    public static let credentials = Code(rawValue: "credentials")
    /// The content of a file as Base64 in place of its URL.
    public static let embeddedContent = Code(rawValue: "embedded-content")
    /// A URL with quotation marks, brackets or other text around it; `AssetLocation.intended` is the URL alone.
    public static let wrapped = Code(rawValue: "wrapped")
  }

  /// What kind of problem it is.
  public var code: Code
  /// What was seen, as one clause for people, without secrets and without a final stop.
  public var message: String
  /// Where it was seen, in UTF-8 bytes from the start of the text.
  public var offset: Int?

  /// A problem of kind `code`.
  public init(_ code: Code, _ message: String, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}
