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

  /// Tells who asked what confined the probes.
  func tellConfinement(of prober: DividedProber) {
    if verbose, let line = prober.confinementLine { StandardStream.error.writeLine("wan-check: \(line)") }
  }
}
