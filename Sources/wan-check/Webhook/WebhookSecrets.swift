import ArgumentParser
import WanSubmit

/// Where the secrets of webhooks come from; no message holds any of them.
enum WebhookSecrets {
  /// The environment variable that holds them.
  static let variable = "WAN_CHECK_WEBHOOK_SECRET"

  /// The secrets of the environment, separated by white space.
  static func fromEnvironment(_ environment: [String: String]) throws -> [WebhookSecret] {
    let words = (environment[variable] ?? "").split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else {
      throw ValidationError("no secret: set \(variable), or give --secret-file FILE")
    }
    return try words.enumerated().map { index, word in
      try secret(word, where: "\(variable), word \(index + 1)")
    }
  }

  /// The secrets of a file, one a line; blank lines are passed over. `name` is the file's, fit for a terminal.
  static func inFile(_ bytes: [UInt8], named name: String) throws -> [WebhookSecret] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ValidationError("\(name): the secret is no text in UTF-8")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let secrets = try lines.enumerated().filter { !$1.allSatisfy(\.isWhitespace) }.map { index, line in
      try secret(line, where: "\(name), line \(index + 1)")
    }
    guard !secrets.isEmpty else { throw ValidationError("\(name): there is no secret in this file") }
    return secrets
  }

  private static func secret(_ text: Substring, where place: String) throws -> WebhookSecret {
    guard let secret = WebhookSecret(String(text)) else {
      throw ValidationError("\(place): a secret has at least \(WebhookSecret.minimumByteCount) bytes")
    }
    return secret
  }
}
