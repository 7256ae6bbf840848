import NIOCore
public import SystemPackage

/// Where the worker programs are: always named, never looked for in an environment or a search path.
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

/// How many workers there are, and what they are held to.
public struct WorkerConfiguration: Sendable, Hashable {
  /// Probes at a time, and so workers of each kind at most; by default one for each core.
  public var concurrency: Int
  /// Whether workers confine themselves. Without it, a file that takes over a decoder has the rights of the user.
  public var isConfined: Bool
  /// Probes after which a worker is replaced, so that whatever it gathered is gone.
  public var jobsPerWorker: Int
  /// How long a worker may take to start.
  public var startTime: Duration
  /// How long after the end of a probe's time its worker may still answer, before it is ended.
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
