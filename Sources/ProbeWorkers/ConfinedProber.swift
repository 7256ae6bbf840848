public import MediaFacts
import NIOCore
import NIOPosix
import ProbeChannel
import Synchronization

/// A prober that uses worker processes, which can only measure the bytes that they get.
///
/// If a worker crashes, loops or allocates without end, the asset that it measures is not proved
/// (`ProbeError.Code.crashed`, `.budgetExceeded`). The worker is replaced, and all other assets are measured.
/// Workers start with the first asset that needs them and measure many. They end with `shutdown()`, with the
/// prober, or with the process. Cancelling a task that probes ends its worker at once.
///
/// ```swift
/// let prober = ConfinedProber(workers: .init(folder: "/usr/local/libexec/wan-check"))
/// let facts = try await prober.probe(source, ProbeRequest(depth: .full))
/// await prober.shutdown()
/// ```
public final class ConfinedProber: Prober {
  private let threads: NIOThreadPool
  private let images: WorkerPool
  private let streams: WorkerPool

  /// A prober with these worker programs.
  public init(workers: WorkerPrograms, configuration: WorkerConfiguration = WorkerConfiguration()) {
    images = WorkerPool(program: workers.images, configuration)
    streams = WorkerPool(program: workers.streams, configuration)
    threads = NIOThreadPool(numberOfThreads: max(1, configuration.concurrency))
    threads.start()
  }

  deinit {
    images.close()
    streams.close()
    threads.shutdownGracefully { _ in }
  }

  /// Reads `source` at the depth of `request`. Cancelling the task ends the worker that measures it.
  public func probe(_ source: any ByteSource, _ request: ProbeRequest) async throws(ProbeError) -> MediaFacts
  {
    let job = WorkerJob(source, request)
    let result: Result<MediaFacts, ProbeError>
    do {
      result = try await withTaskCancellationHandler {
        try await threads.runIfActive { [images, streams] in
          Self.measure(job, images: images, streams: streams)
        }
      } onCancel: {
        job.cancel()
      }
    } catch {
      throw ProbeError(.cancelled, message: "the probe was cancelled before it started")
    }
    return try result.get()
  }

  /// Starts a worker before the first probe, and returns the mechanisms that confine it. The first probe uses
  /// that worker.
  public func begin() async throws(ProbeError) -> Set<ConfinementMechanism> {
    let result: Result<Set<ConfinementMechanism>, ProbeError>
    do {
      result = try await threads.runIfActive { [images] in
        do throws(ProbeError) {
          let worker = try images.checkOut()
          images.checkIn(worker)
          return .success(worker.confinement)
        } catch {
          return .failure(error)
        }
      }
    } catch {
      throw ProbeError(.cancelled, message: "the workers were shut down")
    }
    return try result.get()
  }

  /// Ends all workers, including those that measure, and waits for running probes. Later probes fail as
  /// cancelled.
  public func shutdown() async {
    endWorkers()
    try? await threads.shutdownGracefully()
  }

  /// Ends all workers at once, without waiting. For a process that is about to end.
  public func endWorkers() {
    images.close()
    streams.close()
  }

  /// The mechanisms that confine the workers, as they reported at their start; `nil` if none has started.
  ///
  /// If there are several workers, these are the mechanisms that all of them have.
  public var confinement: Set<ConfinementMechanism>? {
    let known = [images.confinement, streams.confinement].compactMap(\.self)
    return known.dropFirst().reduce(known.first) { $0?.intersection($1) }
  }

  /// Measures on the calling thread. The image worker is tried first, because it is cheaper. It also
  /// recognises other formats.
  private static func measure(
    _ job: WorkerJob, images: WorkerPool, streams: WorkerPool
  ) -> Result<MediaFacts, ProbeError> {
    do throws(ProbeError) {
      let isStream = job.request.expected.map { $0 != .image } ?? false
      if !isStream, case .facts(let facts) = try job.measured(by: images) {
        return .success(try pictured(facts, job, streams))
      }
      switch try job.measured(by: streams) {
      case .facts(let facts), .elsewhere(let facts): return .success(facts)
      }
    } catch {
      return .failure(error)
    }
  }

  /// The facts of an image with the requested preview. The other worker draws the preview with its libraries.
  ///
  /// A preview that cannot be drawn is not a failure.
  private static func pictured(
    _ facts: MediaFacts, _ job: WorkerJob, _ streams: WorkerPool
  ) throws(ProbeError) -> MediaFacts {
    guard job.request.preview, facts.image != nil, facts.evidence.contains(.rows) else { return facts }
    var facts = facts
    do throws(ProbeError) {
      facts.preview = try job.picture(of: facts, by: streams)
    } catch {
      if error.code == .cancelled { throw error }
    }
    return facts
  }
}

extension Prober where Self == ConfinedProber {
  /// A prober in worker processes, with one worker for each core. The caller ends it with `shutdown()`.
  public static func confined(by workers: WorkerPrograms) -> ConfinedProber {
    ConfinedProber(workers: workers)
  }
}
