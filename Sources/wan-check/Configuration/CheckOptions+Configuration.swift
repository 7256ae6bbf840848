import AssetSource
import Foundation
import MediaFacts
import WanCheck
import WanReport

extension CheckOptions {
  /// These options, completed by the environment and the configuration file.
  /// - Throws: `ExitStatus.usage`, with the reasons on standard error, if one of those is wrong; `ExitStatus.valid` once
  ///   the settings are printed, if that was asked for.
  func configured() throws -> CheckOptions {
    var options = self
    do throws(LoadedConfiguration.Failure) {
      options.settings.loaded = try LoadedConfiguration(
        settings, commandLine: .init(depth: depthOption, strict: strictFlag, concurrency: jobs))
    } catch {
      for message in error.messages { StandardStream.error.writeLine("wan-check: \(message)") }
      throw ExitStatus.usage
    }
    let loaded = options.settings.loaded
    options.depthOption = loaded.effective.depth.value
    options.strictFlag = loaded.effective.strict.value
    options.jobs = loaded.effective.concurrency?.value
    if settings.printConfig {
      try StandardStream.output.write(
        PrintedConfiguration(loaded, standardConcurrency: options.concurrency, map: map).text)
      throw ExitStatus.valid
    }
    if quiet == 0 {
      for note in loaded.effective.expiryNotes(now: Date.now.timeIntervalSince1970) {
        StandardStream.error.writeLine("wan-check: note: \(note)")
      }
    }
    if verbose {
      let name = loaded.name.map(displayText) ?? (settings.noConfig ? "none (--no-config)" : "none")
      StandardStream.error.writeLine("wan-check: configuration: \(name)")
    }
    return options
  }

  /// The limits to judge by.
  var limits: Limits { settings.loaded.effective.limits }

  /// What becomes of findings.
  var policy: FindingPolicy { settings.loaded.effective.policy(folder: settings.loaded.folder) }

  /// What is told of each result on standard error; `nil` if nobody wants to know.
  var evidence: EvidenceLines? {
    verbose ? EvidenceLines(color: color.isEnabled(isTerminal: StandardStream.error.isTerminal)) : nil
  }
}
