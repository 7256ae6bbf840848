import ArgumentParser
import AssetSource
import Foundation
import Locations
import SystemPackage
import WanCheck
import WanSubmit

/// The options of every command that sends requests to the provider.
struct ProviderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the API is served: https, or a loopback address (default: \(ProviderBase.freepik)).",
      valueName: "url"))
  var apiBase: String?

  @Option(
    help: ArgumentHelp(
      "The header that carries the key (default: \(ProviderConfiguration.freepikKeyHeader)).",
      valueName: "name"))
  var apiKeyHeader: String?

  @Option(
    help: ArgumentHelp(
      "A file with the key (default: the environment variable FREEPIK_API_KEY).", valueName: "file"))
  var apiKeyFile: String?

  @OptionGroup var ledger: LedgerOptions

  /// The environment variable of the key.
  static let keyVariable = "FREEPIK_API_KEY"
  /// The largest key file, in bytes.
  private static let longestKeyFile = 8192

  func validate() throws {
    if let apiBase, ProviderBase(apiBase) == nil {
      throw ValidationError(
        "`--api-base` must be an https URL, or an http URL of this machine, without query and credentials; found "
          + AssetLocation(apiBase).displayText)
    }
    if let apiKeyHeader, !ProviderConfiguration.isKeyHeader(apiKeyHeader) {
      throw ValidationError(
        "`--api-key-header` must be the name of a header for keys; found \(displayText(apiKeyHeader))")
    }
  }

  /// The same options as arguments, for a command that continues this one.
  var arguments: [String] { Self.arguments(ofProvider + [("--ledger", ledger.ledger)]) }

  /// The options that select the provider, quoted for a shell, each after a space.
  var repeated: String {
    Self.arguments(ofProvider).map { " " + ShellWord.quoted($0) }.joined()
  }

  private var ofProvider: [(String, String?)] {
    [("--api-base", apiBase), ("--api-key-header", apiKeyHeader), ("--api-key-file", apiKeyFile)]
  }

  private static func arguments(_ options: [(String, String?)]) -> [String] {
    options.flatMap { name, value in value.map { $0.hasPrefix("-") ? ["\(name)=\($0)"] : [name, $0] } ?? [] }
  }

  /// The settings for requests to the provider.
  /// - Throws: `ExitStatus`, after a message that there is no key.
  func configuration(
    _ fetching: FetchingOptions? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ExitStatus) -> ProviderConfiguration {
    var configuration = ProviderConfiguration(
      key: try key(environment), base: apiBase.flatMap { ProviderBase($0) } ?? .freepik,
      keyHeader: apiKeyHeader ?? ProviderConfiguration.freepikKeyHeader)
    configuration.proxy = fetching?.proxyChoice ?? .environment
    configuration.userAgent = fetching?.agent ?? FetchingOptions.usualAgent
    return configuration
  }

  private func key(_ environment: [String: String]) throws(ExitStatus) -> APIKey {
    guard let apiKeyFile else {
      guard let text = environment[Self.keyVariable], !text.isEmpty else {
        throw ExitStatus.misuse(
          "missing API key; set `\(Self.keyVariable)` or pass `--api-key-file FILE`")
      }
      guard let key = APIKey(text) else {
        throw ExitStatus.misuse(
          "`\(Self.keyVariable)` must be one line of visible ASCII characters")
      }
      return key
    }
    let shown = displayText(apiKeyFile)
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.bytes(of: apiKeyFile, limit: Self.longestKeyFile)
    } catch {
      throw ExitStatus.misuse("--api-key-file: \(error.message)")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let key = APIKey(text) else {
      throw ExitStatus.misuse(
        "`--api-key-file` \(shown) must be one line of visible ASCII characters")
    }
    return key
  }
}
