public import MediaFacts
import NIOCore
import NIOPosix

/// Probes in this process, on threads of its own.
///
/// The C libraries see only bytes that the source hands out, under the request's budget. A crash in one of them
/// is a crash of the process; callers who read strangers' files may want them confined.
public final class InProcessProber: Prober {
  private let threads: NIOThreadPool

  /// A prober that runs up to `concurrency` probes at a time; more wait for their turn.
  public init(concurrency: Int) {
    threads = NIOThreadPool(numberOfThreads: max(1, concurrency))
    threads.start()
  }

  deinit {
    threads.shutdownGracefully { _ in }
  }

  /// Reads `source` as deep as `request` says; cancelling the task cancels the source's reads.
  public func probe(_ source: any ByteSource, _ request: ProbeRequest) async throws(ProbeError) -> MediaFacts
  {
    let result: Result<MediaFacts, ProbeError>
    do {
      result = try await withTaskCancellationHandler {
        try await threads.runIfActive { Self.measure(source, request) }
      } onCancel: {
        source.cancel()
      }
    } catch {
      throw ProbeError(.cancelled, message: "the probe was cancelled before it started")
    }
    return try result.get()
  }

  /// Measures on the calling thread, which must be allowed to block.
  package static func measure(
    _ source: any ByteSource, _ request: ProbeRequest
  ) -> Result<MediaFacts, ProbeError> {
    MeteredReader(source, budget: request.budget).facts { reader, facts throws(ProbeStop) in
      facts = try Sniffer.identify(reader)
      try measure(reader, request, &facts)
    }
  }

  private static func measure(
    _ reader: MeteredReader, _ request: ProbeRequest, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard let format = facts.format, request.expected == nil || request.expected == format.kind else {
      return
    }
    switch format {
    case .jpeg, .png, .bmp, .webp:
      try ImageProbe.measure(reader, request.depth, &facts)
      if request.preview { facts.preview = ImagePreview.make(reader, facts) }
    case .wav, .mp3:
      try AudioProbe.measure(reader, request.depth, &facts)
    case .mp4, .mov:
      try VideoProbe.measure(reader, request.depth, preview: request.preview, &facts)
    default:
      break
    }
  }
}

extension Prober where Self == InProcessProber {
  /// A prober in this process, as wide as the machine has cores.
  public static var inProcess: InProcessProber { SharedProber.machineWide }
}

private enum SharedProber {
  static let machineWide = InProcessProber(concurrency: System.coreCount)
}
