import NIOCore
public import SystemPackage

/// The paths of the worker programs. They are always given, never searched in an environment or a search
/// path.
public struct WorkerPrograms: Sendable, Hashable {
  /// The worker for images.
  public var images: FilePath
  /// The worker for audio and video.
  public var streams: FilePath

  /// Two programs.
  public init(images: FilePath, streams: FilePath) {
    self.images = images
    self.streams = streams
  }

  /// The programs by the names that they are installed under, in `folder`.
  public init(folder: FilePath) {
    self.init(
      images: folder.appending("wan-check-probe-images"), streams: folder.appending("wan-check-probe-streams")
    )
  }
}

/// The number of workers, and their limits.
public struct WorkerConfiguration: Sendable, Hashable {
  /// Probes at a time, and so the maximum number of workers of each kind. The default is one for each core.
  public var concurrency: Int
  /// Whether workers confine themselves. Otherwise, a file that takes over a decoder has the rights of the
  /// user.
  public var isConfined: Bool
  /// Probes after which a worker is replaced, so that all its state is gone.
  public var jobsPerWorker: Int
  /// How long a worker may take to start.
  public var startTime: Duration
  /// How long a worker may still answer after the end of a probe's time. Then it is ended.
  public var grace: Duration

  /// Workers that confine themselves.
  public init(
    concurrency: Int? = nil, isConfined: Bool = true, jobsPerWorker: Int = 500,
    startTime: Duration = .seconds(20), grace: Duration = .seconds(2)
  ) {
    self.concurrency = concurrency ?? System.coreCount
    self.isConfined = isConfined
    self.jobsPerWorker = jobsPerWorker
    self.startTime = startTime
    self.grace = grace
  }
}
