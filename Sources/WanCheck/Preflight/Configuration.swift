public import Foundation
public import MediaFacts
public import SystemPackage

extension Preflight {
  /// How to check and by what to judge.
  public struct Configuration: Sendable {
    /// How much of each asset is read.
    public var depth: Depth
    /// Whether warnings count as errors.
    public var strict: Bool
    /// The limits to judge by, and with them the profile: `Profile.novita.limits` judges for another endpoint.
    public var limits: Limits
    /// Whether a job may name paths outside its own folder and the working folder.
    public var allowPaths: Bool
    /// The folder that paths in jobs from standard input start from, and below which any job may name files.
    public var workingFolder: FilePath
    /// Further folders in which jobs may name files.
    package var furtherFolders: [FilePath] = []
    /// Whether private hosts may be asked: servers under test.
    public var allowPrivateHosts: Bool
    /// Whether the check comes before a submission, where a path is an error.
    public var submitting: Bool
    /// Whether the caller accepts limits that are not the documented ones at submission.
    public var acceptOverrides: Bool
    /// Seconds within which a signed link's expiry is reported.
    public var expiryMargin: Double
    /// Longest time that one asset may take, reading and probing together.
    public var timeout: Duration?
    /// What a project made of the rules: severities, and findings that it suppresses.
    public var policy: FindingPolicy
    /// Whether facts are to have a small picture for people.
    public var previews: Bool
    /// What ImageMagick is called where the fixes are to be run.
    public var imageMagick: ImageMagickProgram
    /// The clock, in seconds since 1970.
    public var now: @Sendable () -> Double

    /// The limits of Freepik's page at depth `full`, unless said otherwise.
    public init(
      depth: Depth = .full, strict: Bool = false, limits: Limits = .documented, allowPaths: Bool = false,
      workingFolder: FilePath = FilePath(FileManager.default.currentDirectoryPath),
      allowPrivateHosts: Bool = false, submitting: Bool = false, acceptOverrides: Bool = false,
      expiryMargin: Double = 1800, timeout: Duration? = nil, policy: FindingPolicy = FindingPolicy(),
      previews: Bool = false, imageMagick: ImageMagickProgram = .convert,
      now: @escaping @Sendable () -> Double = { Date.now.timeIntervalSince1970 }
    ) {
      self.depth = depth
      self.strict = strict
      self.limits = limits
      self.allowPaths = allowPaths
      self.workingFolder = workingFolder
      self.allowPrivateHosts = allowPrivateHosts
      self.submitting = submitting
      self.acceptOverrides = acceptOverrides
      self.expiryMargin = expiryMargin
      self.timeout = timeout
      self.policy = policy
      self.previews = previews
      self.imageMagick = imageMagick
      self.now = now
    }
  }
}
