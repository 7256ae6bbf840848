import AssetSource
import Foundation
import Locations
import MediaFacts
import NIOCore
import SystemPackage
import WanCheck
import WanReport

/// The settings of a checking command, resolved once: first the command line, then the environment, then the
/// configuration file.
struct Settings: Sendable {
  /// The options that the command line alone sets.
  let options: CheckOptions
  /// How much of each asset is read.
  let depth: Configured<Depth>
  /// Whether warnings count as errors.
  let strict: Configured<Bool>
  /// Assets that are examined at a time; `nil`: by the number of cores.
  let jobs: Configured<Int>?
  /// The configuration file and its folder.
  let file: LoadedConfiguration

  /// Resolves `options` with the variables of the environment.
  /// - Throws: `ConfigurationFailure` with everything that is wrong.
  init(
    _ options: CheckOptions, variables: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationFailure) {
    let environment = ConfigurationEnvironment(variables)
    let problems = environment.problems.map(\.description)
    do throws(ConfigurationFailure) {
      file = try LoadedConfiguration(options.configuration)
    } catch {
      throw error.isUnreadable ? error : ConfigurationFailure(messages: problems + error.messages)
    }
    guard problems.isEmpty else { throw ConfigurationFailure(messages: problems) }
    let layer = ConfigurationLayer(first: [
      ConfigurationLayer(commandLine: options.depth, strict: options.strict, jobs: options.jobs),
      environment.layer, file.values.layer,
    ])
    self.options = options
    depth = layer.depth ?? Configured(.full, from: .standard)
    strict = layer.strict ?? Configured(false, from: .standard)
    jobs = layer.concurrency
  }

  /// The limits to judge by.
  var limits: Limits { file.values.judgedLimits }

  /// Inputs that are checked at a time: waiting for servers must not hold up the rest.
  var concurrency: Int { ProcessLimits.concurrency(atMost: jobs?.value ?? max(System.coreCount, 8)) }

  /// Local files that are decoded at a time: more than there are cores would only cost memory.
  var fileConcurrency: Int { ProcessLimits.concurrency(atMost: jobs?.value ?? System.coreCount) }

  /// How assets and jobs are checked; with `submission`, before they are sent.
  func preflight(before submission: SubmitOptions? = nil) -> Preflight.Configuration {
    Preflight.Configuration(
      depth: depth.value, strict: strict.value, limits: limits, allowPaths: options.allowPaths,
      allowPrivateHosts: options.allowPrivateHosts, submitting: submission != nil,
      acceptOverrides: submission?.acceptOverrides ?? false, timeout: options.timeout.map { .seconds($0) },
      policy: file.values.policy(folder: file.folder), previews: wantsPreviews,
      imageMagick: .installed)
  }

  /// Whether a report shows pictures.
  private var wantsPreviews: Bool {
    options.format == .html || ((try? options.reports)?.contains { $0.format == .html } ?? false)
  }

  /// What the reports say of the run.
  func reportContext(confinement: [String] = []) -> ReportContext {
    let folder = FileManager.default.currentDirectoryPath
    let root = ConfigurationDiscovery.repositoryRoot(of: FilePath(folder))
    var context = ReportContext(
      version: ToolVersion.current, depth: depth.value, limits: limits, showURLs: options.fetching.showUrls,
      paths: RepositoryPaths(workingFolder: folder, root: root?.string))
    context.confinement = confinement
    return context
  }

  /// The reporter of standard output.
  func reporter(confinement: [String] = []) -> any Reporter {
    options.format.reporter(
      reportContext(confinement: confinement),
      color: options.color.isEnabled(isTerminal: StandardStream.output.isTerminal),
      quiet: options.quiet,
      width: StandardStream.output.isTerminal ? StandardStream.output.columns : nil)
  }

  /// The lines about each result on standard error; `nil` unless they are requested.
  var evidence: EvidenceLines? {
    options.verbose
      ? EvidenceLines(color: options.color.isEnabled(isTerminal: StandardStream.error.isTerminal)) : nil
  }

  /// The progress line; `nil` where there is no terminal, or where its user types the jobs there.
  func progress(_ monitor: FetchMonitor, readsTerminal: Bool) -> ProgressDisplay? {
    if options.quiet || (readsTerminal && StandardStream.input.isTerminal) { return nil }
    return ProgressDisplay(monitor, on: .error, color: options.color.isEnabled(isTerminal: true))
  }
}

extension CheckOptions {
  /// These options, completed by the environment and the configuration file.
  /// - Throws: `ExitStatus.usage`, with the reasons on standard error, if one of those is wrong; `ExitStatus.valid` once
  ///   the settings are printed, if that was requested.
  func resolved() throws -> Settings {
    let settings: Settings
    do throws(ConfigurationFailure) {
      settings = try Settings(self)
    } catch {
      for message in error.messages { StandardStream.error.writeLine("wan-check: \(message)") }
      throw ExitStatus.usage
    }
    if configuration.printConfig {
      try StandardStream.output.write(PrintedConfiguration(settings).text)
      throw ExitStatus.valid
    }
    if !quiet {
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
