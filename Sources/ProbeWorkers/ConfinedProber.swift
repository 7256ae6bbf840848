public import MediaFacts
import NIOCore
import NIOPosix
import ProbeChannel
import Synchronization

/// Probes in worker processes that can only measure the bytes that they get.
///
/// A worker that crashes, loops or allocates without end costs the asset that it was at, which is then not proved
/// (`ProbeError.Code.crashed`, `.budgetExceeded`); it is replaced, and every other asset is measured. Workers start with
/// the first asset that needs them, stay for many, and end with `shutdown()`, with the prober, or with the process.
/// Cancelling the task that probes ends its worker at once.
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

  /// Reads `source` as deep as `request` says; cancelling the task ends the worker that is at it.
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

  /// Starts a worker before there is anything to probe, and says what confines it; the first probe finds it ready.
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

  /// Ends all workers, also those that measure, and waits for running probes; later probes fail as cancelled.
  public func shutdown() async {
    endWorkers()
    try? await threads.shutdownGracefully()
  }

  /// Ends all workers at once, without waiting for anything; for a process that is about to end.
  public func endWorkers() {
    images.close()
    streams.close()
  }

  /// What confines the workers, as they said when they started; `nil` if none has started.
  ///
  /// Of several, what all of them have.
  public var confinement: Set<ConfinementMechanism>? {
    let known = [images.confinement, streams.confinement].compactMap(\.self)
    return known.dropFirst().reduce(known.first) { $0?.intersection($1) }
  }

  /// Measures on the calling thread: an image first, since that worker is cheaper to have, and names the rest.
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

  /// The facts of an image with the requested preview, which the other worker draws with its libraries.
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
  /// A prober in worker processes, as wide as the machine has cores; the caller ends it with `shutdown()`.
  public static func confined(by workers: WorkerPrograms) -> ConfinedProber {
    ConfinedProber(workers: workers)
  }
}
