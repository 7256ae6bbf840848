import AssetSource
import Foundation
import Locations
import MediaFacts
import NIOCore
import SystemPackage
import WanCheck
import WanReport

/// The settings of a checking command, resolved once: from the command line, then the environment, then the
/// configuration file.
struct Settings: Sendable {
  /// The options that can only be set on the command line.
  let options: CheckOptions
  /// The depth to which each asset is read.
  let depth: Configured<Depth>
  /// Whether warnings count as errors.
  let strict: Configured<Bool>
  /// The number of assets that are examined at a time; `nil` for a default from the number of cores.
  let jobs: Configured<Int>?
  /// The configuration file and its folder.
  let file: LoadedConfiguration
  /// The endpoint to judge for.
  let profile: Profile

  /// Resolves `options` with the environment variables.
  /// - Throws: `ConfigurationFailure` with all problems.
  init(
    _ options: CheckOptions, profile: Profile = .freepik,
    variables: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationFailure) {
    let environment = ConfigurationEnvironment(variables)
    let problems = environment.problems.map(\.description)
    do throws(ConfigurationFailure) {
      file = try LoadedConfiguration(options.configuration, limits: profile.limits)
    } catch {
      throw error.isUnreadable ? error : ConfigurationFailure(messages: problems + error.messages)
    }
    guard problems.isEmpty else { throw ConfigurationFailure(messages: problems) }
    let layer = ConfigurationLayer(first: [
      ConfigurationLayer(commandLine: options.depth, strict: options.strict, jobs: options.jobs),
      environment.layer, file.values.layer,
    ])
    self.options = options
    self.profile = profile
    depth = layer.depth ?? Configured(.full, from: .standard)
    strict = layer.strict ?? Configured(false, from: .standard)
    jobs = layer.concurrency
  }

  /// The limits to judge by.
  var limits: Limits { file.values.limits(over: profile.limits) }

  /// The number of inputs that are checked at a time. It may exceed the number of cores, because many inputs
  /// only wait for servers.
  var concurrency: Int { ProcessLimits.concurrency(atMost: jobs?.value ?? max(System.coreCount, 8)) }

  /// The number of local files that are decoded at a time; more than there are cores
  /// would only use more memory.
  var fileConcurrency: Int { ProcessLimits.concurrency(atMost: jobs?.value ?? System.coreCount) }

  /// The configuration of the preflight; with `submission`, for jobs that are sent afterwards.
  func preflight(before submission: SubmitOptions? = nil) -> Preflight.Configuration {
    Preflight.Configuration(
      depth: depth.value, strict: strict.value, limits: limits, allowPaths: options.allowPaths,
      allowPrivateHosts: options.allowPrivateHosts, submitting: submission != nil,
      acceptOverrides: submission?.acceptOverrides ?? false, timeout: options.timeout.map { .seconds($0) },
      policy: file.values.policy(folder: file.folder), previews: wantsPreviews,
      imageMagick: .installed)
  }

  /// Whether a report shows previews.
  private var wantsPreviews: Bool {
    options.format == .html || ((try? options.reports)?.contains { $0.format == .html } ?? false)
  }

  /// The facts about the run that reports show.
  func reportContext(confinement: [String] = []) -> ReportContext {
    let folder = FileManager.default.currentDirectoryPath
    let root = ConfigurationDiscovery.repositoryRoot(of: FilePath(folder))
    var context = ReportContext(
      version: ToolVersion.current, depth: depth.value, limits: limits, showURLs: options.fetching.showUrls,
      paths: RepositoryPaths(workingFolder: folder, root: root?.string))
    context.confinement = confinement
    context.shard = options.shard
    return context
  }

  /// The reporter of standard output.
  func reporter(confinement: [String] = [], readsStandardInput: Bool = false) -> any Reporter {
    let isTerminal = StandardStream.output.isTerminal
    return options.format.reporter(
      reportContext(confinement: confinement),
      color: options.color.isEnabled(isTerminal: isTerminal),
      listing: options.listing(
        isTerminal: isTerminal, isTyped: readsStandardInput && StandardStream.input.isTerminal),
      width: isTerminal ? StandardStream.output.columns : nil)
  }

  /// The lines about each result on standard error; `nil` without `--verbose`.
  var evidence: EvidenceLines? {
    options.verbose
      ? EvidenceLines(color: options.color.isEnabled(isTerminal: StandardStream.error.isTerminal)) : nil
  }

  /// The progress line; `nil` without a terminal, or if the user types the jobs there.
  func progress(_ monitor: FetchMonitor, readsTerminal: Bool) -> ProgressDisplay? {
    if options.quiet > 0 || (readsTerminal && StandardStream.input.isTerminal) { return nil }
    return ProgressDisplay(monitor, on: .error, color: options.color.isEnabled(isTerminal: true))
  }
}

extension CheckOptions {
  /// The inputs that are listed as text; a person who types jobs gets an answer to each.
  func listing(isTerminal: Bool, isTyped: Bool) -> TextListing {
    switch quiet {
    case 0: showValid || (isTerminal && isTyped) ? .everything : isTerminal ? .upTo(20) : .problems
    case 1: .summary
    default: .nothing
    }
  }

  /// Completes these options with the environment and the configuration file.
  /// - Throws: `ExitStatus.usage`, with the problems on standard error, if one of them is invalid;
  ///   `ExitStatus.valid` after printing the settings, if that was requested.
  func resolved() throws -> Settings {
    let profile = try endpoint.profile()
    if let role, profile[role.meaning] == nil {
      throw ExitStatus.misuse(
        "`--role \(role.rawValue)`: the endpoint of `\(profile.id)` does not accept this role")
    }
    let settings: Settings
    do throws(ConfigurationFailure) {
      settings = try Settings(self, profile: profile)
    } catch {
      for message in error.messages { StandardStream.error.writeLine("wan-check: \(message)") }
      throw ExitStatus.usage
    }
    if configuration.printConfig {
      try StandardStream.output.write(PrintedConfiguration(settings).text)
      throw ExitStatus.valid
    }
    if quiet == 0 {
      for note in settings.file.values.expiryNotes(now: Date.now.timeIntervalSince1970) {
        StandardStream.error.writeLine("wan-check: note: \(note)")
      }
    }
    if verbose {
      let name =
        settings.file.name.map(displayText) ?? (configuration.noConfig ? "none (--no-config)" : "none")
      StandardStream.error.writeLine("wan-check: configuration: \(name)")
    }
    return settings
  }
}
