/// Credentials in the path of a URL: tokens of bots, keys of webhooks, user names with passwords.
struct PathCredentials {
  /// The path with `…` in place of each credential.
  private(set) var text: String
  /// A noun phrase for the first credential; `nil` if there is none.
  private(set) var what: String?

  /// Reads `path`, of a URL on `host`; `nil`: the host is not known.
  init(path: some StringProtocol, host: String?) {
    text = String(path)
    guard Self.mayHold(path) else { return }
    var segments = text.split(separator: Character("/"), omittingEmptySubsequences: false).map(String.init)
    // An absolute path begins with an empty segment.
    let first = segments.first?.isEmpty == true ? 1 : 0
    if let host, let service = Self.services.first(where: { $0.matches(host, segments[first...]) }) {
      for index in (first + service.path.count)..<segments.count where !segments[index].isEmpty {
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

  /// `text`, a URL or a damaged URL, with `…` in place of each credential in its path.
  static func redact(_ text: String) -> String {
    guard mayHold(text) else { return text }
    let slashes = text.firstRange(of: "//")?.upperBound
    let start = slashes ?? text.startIndex
    let end = text.utf8[start...].firstIndex { "?#".utf8.contains($0) } ?? text.endIndex
    let host = text[start..<end].prefix { $0 != "/" }
    let secrets = PathCredentials(
      path: text[host.endIndex..<end], host: host.prefix { $0 != ":" }.lowercased())
    // Without slashes before it, a possible host may be a part of the path.
    let head = PathCredentials(path: slashes == nil ? host : "", host: nil)
    guard secrets.what != nil || head.what != nil else { return text }
    return text[..<start] + (slashes == nil ? head.text : String(host)) + secrets.text + text[end...]
  }

  /// Whether a path could contain a credential. Most paths are short names, so this is fast for them.
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
    let hosts: [Substring]
    /// The segments before the key, `*` for any.
    let path: [Substring]
    let what: String

    init(_ hosts: String, _ path: String, _ what: String) {
      self.hosts = hosts.split(separator: " ")
      self.path = path.split(separator: "/")
      self.what = what
    }

    func matches(_ host: String, _ segments: ArraySlice<String>) -> Bool {
      guard hosts.contains(where: { host == $0 || host.hasSuffix("." + $0) }), segments.count > path.count
      else { return false }
      return zip(path, segments).allSatisfy { $0 == "*" || $0 == $1.lowercased() }
    }
  }

  private static let services: [Service] = [
    Service("hooks.slack.com", "*/*", "the key of a Slack webhook"),
    Service("discord.com discordapp.com", "api/webhooks/*", "the token of a Discord webhook"),
    Service("discord.com discordapp.com", "api/*/webhooks/*", "the token of a Discord webhook"),
    Service("discord.com discordapp.com", "api/*/interactions/*", "the token of a Discord interaction"),
    Service(
      "webhook.office.com outlook.office.com outlook.office365.com", "*", "the key of a Teams webhook"),
    Service("hooks.zapier.com", "hooks/*/*", "the key of a Zapier webhook"),
    Service("make.com integromat.com", "", "the key of a Make webhook"),
    Service("maker.ifttt.com", "trigger/*/*/key", "an IFTTT key"),
    Service("maker.ifttt.com", "trigger/*/json/with/key", "an IFTTT key"),
    Service("open.feishu.cn open.larksuite.com", "open-apis/bot/*/hook", "the key of a Feishu webhook"),
    Service("webhook.site", "", "the key of a webhook"),
  ]

  private static func secret(
    in segment: String, after previous: String, host: String?
  ) -> (shown: String, what: String)? {
    guard !segment.isEmpty, segment != "…" else { return nil }
    let decoded = PercentEncoding.decode(segment[...]) ?? segment
    // Punctuation that was copied after the end of a URL is not a part of it.
    let plain = String(decoded.prefix { !"\"'`<> \t\r\n".contains($0) })
    if isBotToken(plain) { return ("bot…", "a bot's token") }
    if let rest = afterPassword(decoded) { return ("…@\(rest)", "a user name and password") }
    if let named = parameter(in: plain) { return (named, "an access token") }
    if holdsToken(plain) || (labels.contains(previous) && isRandom(plain)) { return ("…", "an access token") }
    if let host, host == "slack-files.com" || host.hasSuffix("slack.com"), let shown = slackFile(plain) {
      return (shown, "the secret of a Slack file")
    }
    return nil
  }

  /// `bot123456:AAEh…`, as Telegram and servers of its protocol write it.
  private static func isBotToken(_ segment: String) -> Bool {
    guard segment.lowercased().hasPrefix("bot") else { return false }
    let rest = segment.utf8.dropFirst(3)
    let digits = rest.prefix(while: \.isDigit)
    let token = rest.dropFirst(digits.count + 1)
    return digits.count >= 4 && rest.dropFirst(digits.count).first == UInt8(ascii: ":") && token.count >= 16
      && token.allSatisfy(\.isOfToken)
  }

  /// The text after `name:password@`; `nil` if there is none, as in `npm:react@18.2.0` and `alpine:3@sha256:…`.
  private static func afterPassword(_ segment: String) -> Substring? {
    guard let at = segment.lastIndex(of: "@"), let colon = segment.firstIndex(of: ":"),
      colon > segment.startIndex, segment.index(after: colon) < at
    else { return nil }
    let rest = segment[segment.index(after: at)...]
    let host = rest.prefix { $0 != ":" }
    let isHost =
      switch HostGuess(rest) {
      case .name, .hostOrFileName:
        !fileExtensions.contains(host.split(separator: ".").last?.lowercased() ?? "")
      case .address, .notHost: rest.lowercased().hasPrefix("localhost")
      }
    return rest.isEmpty || isHost ? rest : nil
  }

  private static let fileExtensions: Set<String> = [
    "png", "jpg", "jpeg", "webp", "bmp", "gif", "avif", "heic", "tif", "tiff", "svg", "wav", "flac", "ogg",
    "opus", "aac", "mov", "webm", "mkv", "avi", "json", "jsonl", "yml", "yaml", "txt", "html", "zip",
  ]

  /// Words that name a secret: the segment before it, or the name of a parameter.
  private static let labels: Set<String> = [
    "token", "access_token", "access-token", "accesstoken", "auth_token", "auth-token", "authtoken", "apikey",
    "api_key", "api-key", "secret", "password", "bearer", "jwt",
  ]

  private static let parameters: Set<String> = labels.union([
    "passwd", "pwd", "signature", "sig", "jsessionid", "phpsessid",
  ])

  /// `token=…` and the like, with its value left out.
  private static func parameter(in segment: String) -> String? {
    guard segment.contains("=") else { return nil }
    var isFound = false
    let parts = segment.split(omittingEmptySubsequences: false) { ";,&".contains($0) }.map { part in
      guard let equals = part.firstIndex(of: "=") else { return String(part) }
      let value = part[part.index(after: equals)...]
      guard value.count >= 6, parameters.contains(part[..<equals].lowercased()) else { return String(part) }
      isFound = true
      return "\(part[...equals])…"
    }
    return isFound ? parts.joined(separator: ";") : nil
  }

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
          && piece.utf8.allSatisfy { $0.isOfToken || $0 == UInt8(ascii: ".") }
      } || isWebToken(piece)
    }
  }

  /// A JSON Web Token: three parts, of which the first is an object.
  private static func isWebToken(_ text: Substring) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && text.hasPrefix("eyJ")
      && parts.allSatisfy { $0.utf8.count >= 8 && $0.utf8.allSatisfy(\.isOfToken) }
  }

  private static func isRandom(_ segment: String) -> Bool {
    let bytes = segment.utf8
    return bytes.count >= 16 && bytes.allSatisfy { $0.isOfToken || "=+~".utf8.contains($0) }
      && bytes.contains(where: \.isDigit) && bytes.contains(where: \.isLetter)
  }

  /// `T012-F345-0123456789`: a team, a file, and the secret of its public link.
  private static func slackFile(_ segment: String) -> String? {
    let parts = segment.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].first == "T", parts[1].first == "F",
      parts[2].utf8.count >= 8, parts[2].utf8.allSatisfy(\.isOfToken)
    else { return nil }
    return "\(parts[0])-\(parts[1])-…"
  }
}
