import ArgumentParser
import WanSubmit

/// Reads the secrets of webhooks; no message contains a secret.
enum WebhookSecrets {
  /// The environment variable of the secrets.
  static let variable = "WAN_CHECK_WEBHOOK_SECRET"

  /// The secrets in the environment, separated by white space.
  static func fromEnvironment(_ environment: [String: String]) throws -> [WebhookSecret] {
    let words = (environment[variable] ?? "").split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else {
      throw ValidationError("missing secret; set `\(variable)` or pass `--secret-file FILE`")
    }
    return try words.enumerated().map { index, word in
      try secret(word, where: "\(variable), word \(index + 1)")
    }
  }

  /// The secrets in a file, one per line; empty lines are skipped. `name` is the file's
  /// name, safe for a terminal.
  static func inFile(_ bytes: [UInt8], named name: String) throws -> [WebhookSecret] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ValidationError("\(name): a secret must be UTF-8 text")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let secrets = try lines.enumerated().filter { !$1.allSatisfy(\.isWhitespace) }.map { index, line in
      try secret(line, where: "\(name), line \(index + 1)")
    }
    guard !secrets.isEmpty else { throw ValidationError("\(name): the file has no secret") }
    return secrets
  }

  private static func secret(_ text: Substring, where place: String) throws -> WebhookSecret {
    guard let secret = WebhookSecret(String(text)) else {
      throw ValidationError("\(place): a secret must have at least \(WebhookSecret.minimumByteCount) bytes")
    }
    return secret
  }
}
