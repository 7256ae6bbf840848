import Locations

/// Recognises sign-in pages that a server sends instead of a file.
enum SignInPage {
  /// Whether a page with this title (`nil`: none), from this URL, is most likely a sign-in page.
  ///
  /// It affects advice only, never a verdict.
  static func isLikely(title: String?, at url: AssetURL) -> Bool {
    isSignIn(url) || title.map(isSignIn) ?? false
  }

  private static func isSignIn(_ url: AssetURL) -> Bool {
    let host = url.host.text
    if hosts.contains(host) || hostSuffixes.contains(where: host.hasSuffix) { return true }
    let last = url.path.split(separator: "/").last?.lowercased() ?? ""
    return pathEnds.contains(last)
  }

  private static func isSignIn(_ title: String) -> Bool {
    // Single blanks around the words, so that `Blog innovations` does not contain `log in`.
    let words = title.lowercased().split { !$0.isLetter }.joined(separator: " ")
    return phrases.contains { " \(words) ".contains(" \($0) ") }
  }

  private static let hosts: Set<String> = [
    "accounts.google.com", "login.microsoftonline.com", "login.microsoftonline.us", "login.microsoft.com",
    "login.live.com", "login.windows.net", "account.live.com", "appleid.apple.com", "idmsa.apple.com",
    "account.apple.com", "signin.aws.amazon.com", "account.box.com", "login.yahoo.com", "id.atlassian.com",
    "auth.services.adobe.com", "passport.yandex.ru", "passport.yandex.com", "auth.wetransfer.com",
  ]

  private static let hostSuffixes = [
    ".signin.aws.amazon.com", ".okta.com", ".auth0.com", ".onelogin.com", ".cloudflareaccess.com",
    ".b2clogin.com",
  ]

  private static let pathEnds: Set<String> = [
    "login", "login.aspx", "login.html", "login.php", "log-in", "log_in", "signin", "sign-in", "sign_in",
    "servicelogin", "wp-login.php", "sso", "authorize",
  ]

  private static let phrases = [
    "sign in", "signin", "log in", "login", "access denied", "request access", "you need access",
    "you need permission", "authentication required", "authorization required",
    "anmelden", "anmeldung", "einloggen", "connexion", "se connecter", "iniciar sesión", "inicio de sesión",
    "accedi", "iniciar sessão", "fazer login", "inloggen", "logga in", "zaloguj się", "войти", "вход",
    "ログイン", "サインイン", "登录", "登入", "로그인",
  ]
}
