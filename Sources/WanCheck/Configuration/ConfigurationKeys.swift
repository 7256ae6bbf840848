/// The keys that a configuration has, and those that it must never have.
package enum ConfigurationKeys {
  /// The keys of a file, in the order of the documentation.
  package static let file = ["depth", "strict", "concurrency", "rules", "ignore", "limits", "map"]

  /// The environment variables.
  package static let environment = ["WAN_CHECK_DEPTH", "WAN_CHECK_STRICT", "WAN_CHECK_CONCURRENCY"]

  /// The prefix of all our environment variables.
  package static let environmentPrefix = "WAN_CHECK_"

  /// Assets that may be examined at a time.
  package static let concurrency = 1...256

  /// Why only the command line may set `name`, a key or the end of a variable; `nil` if files and variables may set it.
  ///
  /// A person who can change a file of a repository, or the environment of a build, must not be able to open a network, to
  /// read other folders, or to send a key elsewhere.
  static func refusal(of name: String) -> String? {
    let letters = name.lowercased().filter { $0 != "_" && $0 != "-" }
    return refusals.first { $0.names.contains(letters) }?.reason
  }

  private static let refusals: [(names: Set<String>, reason: String)] = [
    (
      ["allowprivatehosts", "privatehosts"],
      "private hosts are for servers under test, and only --allow-private-hosts on the command line opens them"
    ),
    (
      ["allowpaths", "paths"],
      "which files jobs may name is widened by --allow-paths on the command line alone"
    ),
    (
      ["apibase", "baseurl", "endpoint"],
      "where jobs and the key are sent is for the command line alone: --api-base"
    ),
    (
      ["apikey", "key", "freepikapikey", "apikeyfile", "apikeyheader", "token", "secret", "webhooksecret"],
      "a key is never named here: it comes from FREEPIK_API_KEY or --api-key-file"
    ),
    (
      ["useragent", "proxy", "httpproxy", "httpsproxy"],
      "what servers are told, and through whom, is for the command line alone: --user-agent, --proxy"
    ),
    (
      ["acceptoverrides", "force", "yes", "submit", "ledger", "download", "maxjobs"],
      "what is sent, and spent, is for the command line of `submit` alone"
    ),
    (
      ["nosandbox", "sandbox", "offline", "showurls"],
      "this is for the command line alone"
    ),
  ]
}
