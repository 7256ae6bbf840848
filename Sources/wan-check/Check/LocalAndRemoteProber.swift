import AssetOpening
import AssetSource
import MediaFacts
import ProbeWorkers

/// Probes local files and remote assets at the same time, with separate workers for each.
///
/// Decoding a file keeps a core busy, so more files at a time than cores would only use more memory. A remote
/// asset mostly waits for its server.
struct LocalAndRemoteProber: Prober {
  private let files: ConfinedProber
  private let streams: ConfinedProber
  private let isConfined: Bool

  /// A prober for this number of files and of remote assets at a time.
  init(_ workers: WorkerPrograms, files: Int, streams: Int, isConfined: Bool) {
    self.isConfined = isConfined
    self.files = ConfinedProber(
      workers: workers, configuration: WorkerConfiguration(concurrency: files, isConfined: isConfined))
    self.streams = ConfinedProber(
      workers: workers, configuration: WorkerConfiguration(concurrency: streams, isConfined: isConfined))
  }

  func probe(_ source: any ByteSource, _ request: ProbeRequest) async throws(ProbeError) -> MediaFacts {
    try await (source is FileByteSource ? files : streams).probe(source, request)
  }

  /// Starts a first worker, and returns the mechanisms that confine it.
  func begin() async throws(ProbeError) -> Set<ConfinementMechanism> { try await files.begin() }

  /// Ends all workers and waits for their work.
  func shutdown() async {
    await files.shutdown()
    await streams.shutdown()
  }

  /// Ends all workers without waiting.
  func endWorkers() {
    files.endWorkers()
    streams.endWorkers()
  }

  /// A line for people about how the workers were confined and what is missing; `nil`
  /// if no worker was needed.
  var confinementLine: String? {
    let known = [files.confinement, streams.confinement].compactMap(\.self)
    guard isConfined, let first = known.first else { return nil }
    let mechanisms = known.dropFirst().reduce(first) { $0.intersection($1) }
    let missing = ConfinementMechanism.all.subtracting(mechanisms).sorted().map(\.rawValue)
    let names = mechanisms.sorted().map(\.rawValue)
    return "probing was confined by \(names.isEmpty ? "nothing" : names.joined(separator: ", "))"
      + (missing.isEmpty ? "" : "; missing here: \(missing.joined(separator: ", "))")
  }
}

extension Settings {
  /// The prober of a checking command; prints a warning if there is no sandbox.
  func prober() throws -> LocalAndRemoteProber {
    if options.noSandbox {
      StandardStream.error.writeLine(
        "wan-check: warning: --no-sandbox: a file that takes over a decoder has all your rights; use it only for files "
          + "that you trust")
    }
    return LocalAndRemoteProber(
      try WorkerPrograms.required(), files: fileConcurrency, streams: concurrency,
      isConfined: !options.noSandbox)
  }

  /// The names of the mechanisms that confine the workers, for reports; prints a warning if
  /// important ones are missing.
  ///
  /// The system-call filter is required, because Landlock alone does not block the network.
  /// - Throws: `ExitStatus`, after an error message, if no worker starts, or if
  ///   `--require-sandbox` requires more.
  func confinement(of prober: LocalAndRemoteProber) async throws(ExitStatus) -> [String] {
    if options.noSandbox { return [] }
    Interruption.endAtOnce()
    let mechanisms: Set<ConfinementMechanism>
    do throws(ProbeError) {
      mechanisms = try await prober.begin()
    } catch {
      if error.code == .cancelled { throw .interrupted }
      StandardStream.error.writeLine("wan-check: \(error.message)")
      throw .internalError
    }
    let names = mechanisms.sorted().map(\.rawValue)
    guard !mechanisms.isSuperset(of: [.seccomp, .noNewPrivileges]) else { return names }
    let rest = names.isEmpty ? "nothing" : names.joined(separator: ", ") + " alone"
    let what = "the system cannot confine the processes that read assets (in force: \(rest))"
    if options.requireSandbox {
      prober.endWorkers()
      StandardStream.error.writeLine("wan-check: \(what): --require-sandbox")
      throw .internalError
    }
    StandardStream.error.writeLine(
      "wan-check: warning: \(what): a file that takes over a decoder has all your rights; --require-sandbox refuses to run"
    )
    return names
  }

  /// Prints how the probes were confined, with `--verbose`.
  func reportConfinement(of prober: LocalAndRemoteProber) {
    if options.verbose, let line = prober.confinementLine {
      StandardStream.error.writeLine("wan-check: \(line)")
    }
  }
}
