import Foundation

/// The custom policy in a CloudFront link: JSON in Base64, with three characters exchanged.
enum CloudFrontPolicy {
  /// The times that the policy's one statement names; `nil` if the text is not such a policy.
  static func times(_ text: String) -> (validFrom: Int64?, expires: Int64)? {
    let base64 = String(
      text.map { character in
        switch character {
        case "-": "+"
        case "_": "="
        case "~": "/"
        default: character
        }
      })
    guard let data = Data(base64Encoded: base64),
      let policy = try? JSONDecoder().decode(Policy.self, from: data),
      policy.statements.count == 1, let condition = policy.statements.first?.condition,
      LinkTime.isPlausible(condition.dateLessThan.seconds),
      condition.dateGreaterThan.map({ LinkTime.isPlausible($0.seconds) }) ?? true
    else { return nil }
    return (condition.dateGreaterThan?.seconds, condition.dateLessThan.seconds)
  }

  private struct Policy: Decodable {
    var statements: [Statement]

    enum CodingKeys: String, CodingKey { case statements = "Statement" }
  }

  private struct Statement: Decodable {
    var condition: Condition

    enum CodingKeys: String, CodingKey { case condition = "Condition" }
  }

  private struct Condition: Decodable {
    var dateLessThan: EpochTime
    var dateGreaterThan: EpochTime?

    enum CodingKeys: String, CodingKey {
      case dateLessThan = "DateLessThan"
      case dateGreaterThan = "DateGreaterThan"
    }
  }

  private struct EpochTime: Decodable {
    var seconds: Int64

    enum CodingKeys: String, CodingKey { case seconds = "AWS:EpochTime" }
  }
}

/// The claims of a JSON Web Token (RFC 7519). Its signature is not checked.
struct WebToken {
  /// When it expires (`exp`); `nil` if that is not stated.
  let expires: Int64?
  /// When it becomes valid (`nbf`); `nil` if that is not stated.
  let notBefore: Int64?
  /// Whether it names the file that it is for, as tokens of Supabase do.
  let namesURL: Bool

  /// Bytes of a token at most; longer ones are not read.
  private static let longest = 8192

  /// Reads the claims; `nil` if `text` is not a token.
  init?(_ text: String) {
    let parts = text.split(separator: Character("."), omittingEmptySubsequences: false)
    guard text.utf8.count <= Self.longest, parts.count == 3, text.hasPrefix("eyJ"),
      let data = Self.decode(parts[1]), let claims = try? JSONDecoder().decode(Claims.self, from: data)
    else { return nil }
    expires = claims.exp.flatMap(Self.seconds)
    notBefore = claims.nbf.flatMap(Self.seconds)
    namesURL = claims.url != nil
  }

  private struct Claims: Decodable {
    var exp: Double?
    var nbf: Double?
    var url: String?
  }

  private static func seconds(_ time: Double) -> Int64? {
    Int64(exactly: time.rounded(.down)).flatMap { LinkTime.isPlausible($0) ? $0 : nil }
  }

  /// Base64 with `-` and `_`, without padding.
  private static func decode(_ text: Substring) -> Data? {
    var base64 = String(text).replacing("-", with: "+").replacing("_", with: "/")
    while base64.utf8.count % 4 != 0 { base64 += "=" }
    return Data(base64Encoded: base64)
  }
}
