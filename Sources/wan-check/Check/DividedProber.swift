import AssetSource
import MediaFacts
import MediaProbe

/// Examines files and what servers send side by side, each on threads of their own.
///
/// Decoding a file keeps a core busy, so more of them than there are cores cost memory and win no time; what comes from
/// a server is mostly waited for.
struct DividedProber: Prober {
  private let files: InProcessProber
  private let streams: InProcessProber

  /// A prober of so many files and so many streams at a time.
  init(files: Int, streams: Int) {
    self.files = InProcessProber(concurrency: files)
    self.streams = InProcessProber(concurrency: streams)
  }

  func probe(_ source: any ByteSource, _ request: ProbeRequest) async throws(ProbeError) -> MediaFacts {
    try await (source is FileByteSource ? files : streams).probe(source, request)
  }
}
