import ImageProbing
public import MediaFacts
import MediaReading
import NIOCore
import NIOPosix
import StreamProbing

/// Probes in this process, on threads of its own.
///
/// The C libraries see only bytes of the source, under the request's budget. A crash in one of them
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
    Measurement.run(source, request) { (reader, facts) throws(ProbeStop) in
      try ImageProbe.measure(reader, request.depth, &facts)
      try StreamProbe.measure(reader, request, &facts)
      if request.preview, facts.image != nil { facts.preview = ImagePreview.make(reader, facts) }
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
