public import Foundation
public import MediaFacts
public import SystemPackage

extension Preflight {
  /// How assets are read, and by which limits and rules jobs are judged.
  public struct Configuration: Sendable {
    /// How much of each asset is read.
    public var depth: Depth
    /// Whether warnings count as errors.
    public var strict: Bool
    /// The limits, and with them the profile. `Profile.novita.limits` checks for another endpoint.
    public var limits: Limits
    /// Whether a job may name paths outside its own folder and the working folder.
    public var allowPaths: Bool
    /// The folder that paths in jobs from standard input start from, and below which any job may name files.
    public var workingFolder: FilePath
    /// Further folders in which jobs may name files.
    package var furtherFolders: [FilePath] = []
    /// Whether private hosts may be contacted, such as servers under test.
    public var allowPrivateHosts: Bool
    /// Whether the check comes before a submission, where a path is an error.
    public var submitting: Bool
    /// Whether the caller accepts limits that are not the documented ones at submission.
    public var acceptOverrides: Bool
    /// Seconds within which a signed link's expiry is reported.
    public var expiryMargin: Double
    /// The longest time for reading and probing one asset.
    public var timeout: Duration?
    /// A project's changes to the rules: severities, and suppressed findings.
    public var policy: FindingPolicy
    /// Whether facts include a small preview image.
    public var previews: Bool
    /// The name of ImageMagick's program where the fixes are run.
    public var imageMagick: ImageMagickProgram
    /// The clock, in seconds since 1970.
    public var now: @Sendable () -> Double

    /// The limits of Freepik's page at depth `full`, by default.
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
