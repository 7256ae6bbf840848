/// Credentials in the path of a URL: tokens of bots, keys of webhooks, user names with passwords.
struct PathSecrets {
  /// The path with `…` in place of each credential.
  private(set) var text: String
  /// What the first credential is, as a noun phrase; `nil` if there is none.
  private(set) var what: String?

  /// Reads `path`, of a URL on `host`; `nil`: the host is not known.
  init(path: some StringProtocol, host: String?) {
    text = String(path)
    guard Self.mayHold(path) else { return }
    var segments = text.split(separator: Character("/"), omittingEmptySubsequences: false).map(String.init)
    // An absolute path begins with an empty segment.
    let first = segments.first?.isEmpty == true ? 1 : 0
    if let host, let service = Self.services.first(where: { $0.matches(host, segments[first...]) }) {
      for index in (first + service.secretFrom)..<max(segments.count, first + service.secretFrom)
      where !segments[index].isEmpty {
        segments[index] = "…"
        what = service.what
      }
    }
    var previous = ""
    for index in segments.indices {
      let segment = segments[index]
      if let (shown, kind) = Self.secret(in: segment, after: previous, host: host) {
        segments[index] = shown
        what = what ?? kind
      }
      previous = segment.lowercased()
    }
    if what != nil { text = segments.joined(separator: "/") }
  }

  /// `text`, a URL or what should be one, with `…` in place of each credential in its path.
  static func redact(_ text: String) -> String {
    guard mayHold(text) else { return text }
    let slashes = text.firstRange(of: "//")?.upperBound
    let start = slashes ?? text.startIndex
    let end = text.utf8[start...].firstIndex { "?#".utf8.contains($0) } ?? text.endIndex
    let host = text[start..<end].prefix { $0 != "/" }
    let secrets = PathSecrets(path: text[host.endIndex..<end], host: host.prefix { $0 != ":" }.lowercased())
    // Without slashes before it, what could be a host may be a part of the path.
    let head = PathSecrets(path: slashes == nil ? host : "", host: nil)
    guard secrets.what != nil || head.what != nil else { return text }
    return text[..<start] + (slashes == nil ? head.text : String(host)) + secrets.text + text[end...]
  }

  /// Whether a path is worth a closer look; most are short names.
  private static func mayHold(_ path: some StringProtocol) -> Bool {
    var run = 0
    for byte in path.utf8 {
      if byte == UInt8(ascii: "@") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "%") { return true }
      run = byte == UInt8(ascii: "/") ? 0 : run + 1
      if run >= 16 { return true }
    }
    return false
  }

  /// A service whose URLs hold a key.
  private struct Service {
    var hosts: [String]
    /// The segments of the path, `*` for any.
    var path: [String]
    /// The first segment that is secret.
    var secretFrom: Int
    var what: String

    func matches(_ host: String, _ segments: ArraySlice<String>) -> Bool {
      guard hosts.contains(where: { host == $0 || host.hasSuffix("." + $0) }), segments.count > secretFrom
      else {
        return false
      }
      return zip(path, segments).allSatisfy { $0 == "*" || $0 == $1.lowercased() }
    }
  }

  private static let services: [Service] = [
    Service(hosts: ["hooks.slack.com"], path: ["*"], secretFrom: 2, what: "the key of a Slack webhook"),
    Service(
      hosts: ["discord.com", "discordapp.com"], path: ["api", "webhooks"], secretFrom: 3,
      what: "the token of a Discord webhook"),
    Service(
      hosts: ["discord.com", "discordapp.com"], path: ["api", "*", "webhooks"], secretFrom: 4,
      what: "the token of a Discord webhook"),
    Service(
      hosts: ["discord.com", "discordapp.com"], path: ["api", "*", "interactions"], secretFrom: 4,
      what: "the token of a Discord interaction"),
    Service(
      hosts: ["webhook.office.com", "outlook.office.com", "outlook.office365.com"], path: ["*"],
      secretFrom: 1,
      what: "the key of a Teams webhook"),
    Service(hosts: ["hooks.zapier.com"], path: ["hooks"], secretFrom: 3, what: "the key of a Zapier webhook"),
    Service(
      hosts: ["make.com", "integromat.com"], path: ["*"], secretFrom: 0, what: "the key of a Make webhook"),
    Service(
      hosts: ["maker.ifttt.com"], path: ["trigger", "*", "*", "key"], secretFrom: 4, what: "an IFTTT key"),
    Service(
      hosts: ["maker.ifttt.com"], path: ["trigger", "*", "json", "with", "key"], secretFrom: 5,
      what: "an IFTTT key"),
    Service(
      hosts: ["open.feishu.cn", "open.larksuite.com"], path: ["open-apis", "bot", "*", "hook"], secretFrom: 4,
      what: "the key of a Feishu webhook"),
    Service(hosts: ["webhook.site"], path: ["*"], secretFrom: 0, what: "the key of a webhook"),
  ]

  private static func secret(
    in segment: String, after previous: String, host: String?
  ) -> (shown: String, what: String)? {
    guard !segment.isEmpty, segment != "…" else { return nil }
    let decoded = PercentCoding.decode(segment[...]) ?? segment
    // Marks that came along with the end of a URL are not a part of it.
    let plain = String(decoded.prefix { !"\"'`<> \t\r\n".contains($0) })
    if isBotToken(plain) { return ("bot…", "a bot's token") }
    if let rest = afterPassword(decoded) { return ("…@\(rest)", "a user name and password") }
    if let named = parameter(in: plain) { return (named, "an access token") }
    if holdsToken(plain) { return ("…", "an access token") }
    if labels.contains(previous), isRandom(plain) { return ("…", "an access token") }
    if let host, host == "slack-files.com" || host.hasSuffix("slack.com"), let shown = slackFile(plain) {
      return (shown, "the secret of a Slack file")
    }
    return nil
  }

  /// `bot123456:AAEh…`, as Telegram and servers that speak its protocol have it.
  private static func isBotToken(_ segment: String) -> Bool {
    guard segment.lowercased().hasPrefix("bot") else { return false }
    let rest = segment.utf8.dropFirst(3)
    let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let token = rest.dropFirst(digits.count + 1)
    return digits.count >= 4 && rest.dropFirst(digits.count).first == UInt8(ascii: ":") && token.count >= 16
      && token.allSatisfy(isWord)
  }

  /// What follows `name:password@`; `nil` if that is not there. In `npm:react@18.2.0` and `alpine:3@sha256:…` it is not.
  private static func afterPassword(_ segment: String) -> Substring? {
    guard let at = segment.lastIndex(of: "@"), let colon = segment.firstIndex(of: ":"),
      colon > segment.startIndex, segment.index(after: colon) < at
    else { return nil }
    let rest = segment[segment.index(after: at)...]
    let last = rest.prefix { $0 != ":" }.split(separator: ".").last ?? ""
    let isHost =
      rest.contains(".") && last.count > 1 && last.allSatisfy(\.isLetter)
      && !fileExtensions.contains(last.lowercased())
    return rest.isEmpty || isHost || rest.lowercased().hasPrefix("localhost") ? rest : nil
  }

  private static let fileExtensions: Set<String> = [
    "png", "jpg", "jpeg", "webp", "bmp", "gif", "avif", "heic", "tif", "tiff", "svg", "wav", "flac", "ogg",
    "opus", "aac", "mov", "webm", "mkv", "avi", "json", "jsonl", "yml", "yaml", "txt", "html", "zip",
  ]

  private static let labels: Set<String> = [
    "token", "access_token", "access-token", "accesstoken", "auth_token", "auth-token", "authtoken", "apikey",
    "api_key", "api-key", "secret", "password", "bearer", "jwt",
  ]

  /// `token=…` and the like, with its value left out.
  private static func parameter(in segment: String) -> String? {
    guard segment.contains("=") else { return nil }
    var isFound = false
    let parts = segment.split(omittingEmptySubsequences: false) { ";,&".contains($0) }.map { part in
      guard let equals = part.firstIndex(of: "=") else { return String(part) }
      let name = part[..<equals].lowercased()
      let value = part[part.index(after: equals)...]
      guard value.count >= 6, labels.contains(name) || parameters.contains(name) else { return String(part) }
      isFound = true
      return "\(part[...equals])…"
    }
    return isFound ? parts.joined(separator: ";") : nil
  }

  private static let parameters: Set<String> = [
    "passwd", "pwd", "signature", "sig", "jsessionid", "phpsessid",
  ]

  /// How tokens of known services begin, and how long they are at least.
  private static let prefixes: [(String, Int)] = [
    ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 30), ("glpat-", 20),
    ("xoxb-", 20), ("xoxp-", 20), ("xoxa-", 20), ("xoxr-", 20), ("xoxs-", 20), ("xapp-", 20), ("sk-", 36),
    ("sk_live_", 24), ("rk_live_", 24), ("hf_", 30), ("AIza", 35), ("ya29.", 30), ("npm_", 36), ("r8_", 36),
    ("FPSX", 24), ("SG.", 50), ("dop_v1_", 40),
  ]

  private static func holdsToken(_ segment: String) -> Bool {
    segment.split { ":=,;&@~".contains($0) }.contains { piece in
      prefixes.contains { prefix, least in
        piece.hasPrefix(prefix) && piece.utf8.count >= least
          && piece.utf8.allSatisfy { isWord($0) || $0 == 0x2E }
      } || isWebToken(piece)
    }
  }

  /// A JSON Web Token: three parts, the first one of them an object.
  private static func isWebToken(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && text.hasPrefix("eyJ")
      && parts.allSatisfy { $0.utf8.count >= 8 && $0.utf8.allSatisfy(isWord) }
  }

  private static func isRandom(_ segment: String) -> Bool {
    let bytes = segment.utf8
    return bytes.count >= 16 && bytes.allSatisfy { isWord($0) || "=+~".utf8.contains($0) }
      && bytes.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      && bytes.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
  }

  /// `T012-F345-0123456789`: a team, a file, and the secret of the link that is open to all.
  private static func slackFile(_ segment: String) -> String? {
    let parts = segment.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].first == "T", parts[1].first == "F",
      parts[2].utf8.count >= 8, parts[2].utf8.allSatisfy({ isWord($0) })
    else { return nil }
    return "\(parts[0])-\(parts[1])-…"
  }

  /// Letters, digits, `_` and `-`.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension AssetURL {
  /// What credential is in the path, as a noun phrase: `a bot's token`; `nil` if none is known to be.
  public var pathCredential: String? { PathSecrets(path: path, host: host.text).what }

  /// The path as people and logs may see it.
  package var shownPath: String { PathSecrets(path: path, host: host.text).text }
}
