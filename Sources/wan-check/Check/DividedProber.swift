import AssetSource
import MediaFacts
import ProbeWorkers

/// Examines files and what servers send side by side, each in workers of their own.
///
/// Decoding a file keeps a core busy, so more of them than there are cores cost memory and win no time; what comes from
/// a server is mostly waited for.
struct DividedProber: Prober {
  private let files: ConfinedProber
  private let streams: ConfinedProber
  private let isConfined: Bool

  /// A prober of so many files and so many streams at a time.
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

  /// Starts a first worker, and says what confines it.
  func begin() async throws(ProbeError) -> Set<ConfinementMechanism> { try await files.begin() }

  /// Ends all workers and waits for what they were at.
  func shutdown() async {
    await files.shutdown()
    await streams.shutdown()
  }

  /// Ends all workers at once.
  func endWorkers() {
    files.endWorkers()
    streams.endWorkers()
  }

  /// What confined the workers and what is missing here, as a line for people; `nil` if none was needed.
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

extension CheckOptions {
  /// The prober of a checking command; without a sandbox, everybody who looks is told.
  func prober() throws -> DividedProber {
    if noSandbox {
      StandardStream.error.writeLine(
        "wan-check: warning: --no-sandbox: a file that takes over a decoder has all your rights; use it only for files "
          + "that you trust")
    }
    return DividedProber(
      try WorkerPrograms.required(), files: fileConcurrency, streams: concurrency, isConfined: !noSandbox)
  }

  /// The names of what confines the workers, as reports have them; where that is not enough, everybody is told.
  ///
  /// Enough is the filter of system calls: without it, Landlock alone leaves the network open.
  /// - Throws: `ExitStatus`, after the person was told that no worker starts, or that `--require-sandbox` asks for more.
  func confinement(of prober: DividedProber) async throws(ExitStatus) -> [String] {
    if noSandbox { return [] }
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
    if requireSandbox {
      prober.endWorkers()
      StandardStream.error.writeLine("wan-check: \(what): --require-sandbox")
      throw .internalError
    }
    StandardStream.error.writeLine(
      "wan-check: warning: \(what): a file that takes over a decoder has all your rights; --require-sandbox refuses to run"
    )
    return names
  }

  /// Tells who asked what confined the probes.
  func tellConfinement(of prober: DividedProber) {
    if verbose, let line = prober.confinementLine { StandardStream.error.writeLine("wan-check: \(line)") }
  }
}
