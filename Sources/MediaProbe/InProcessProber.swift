import ImageProbing
public import MediaFacts
import MediaReading
import NIOCore
import NIOPosix
import StreamProbing

/// A prober that works in this process, on its own threads.
///
/// The C libraries read only bytes of the source, within the request's budget. A crash in one of them is a
/// crash of the process, so callers who read files of strangers may prefer confined probing.
public final class InProcessProber: Prober {
  private let threads: NIOThreadPool

  /// A prober that runs up to `concurrency` probes at a time. Further probes wait.
  public init(concurrency: Int) {
    threads = NIOThreadPool(numberOfThreads: max(1, concurrency))
    threads.start()
  }

  deinit {
    threads.shutdownGracefully { _ in }
  }

  /// Reads `source` at the depth of `request`. Cancelling the task cancels the source's reads.
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
  /// A prober in this process, with one probe at a time for each core.
  public static var inProcess: InProcessProber { SharedProber.machineWide }
}

private enum SharedProber {
  static let machineWide = InProcessProber(concurrency: System.coreCount)
}
