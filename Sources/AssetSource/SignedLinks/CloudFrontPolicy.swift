import Foundation

/// The custom policy in a CloudFront link: JSON in Base64, with three characters exchanged.
enum CloudFrontPolicy {
  /// The times that the policy's one statement names; `nil` if the text is no such policy.
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
