/// All rules, for the command, the documentation, the reports and the tests.
public enum RuleCatalogue {
  /// The entry of every rule, grouped, in a fixed order.
  public static let entries: [RuleEntry] = RuleGroup.allCases.flatMap { group in
    everything.filter { $0.group == group }
  }

  /// The entry of a rule, if there is one.
  public static func entry(_ id: RuleID) -> RuleEntry? { byID[id] }

  /// The rules of jobs, in the order in which they report.
  static let jobRules: [any JobRule] = [
    JobSyntax(), JobLimit(), JobFieldType(), JobUnknownField(), JobMode(), TextLength.prompt,
    TextLength.negativePrompt, Resolution(), IntegerRange.duration, IntegerRange.seed, WebhookURL(),
    DurationCoversVideo(), AudioWithVideo(),
    AudioExceedsDuration(), FrameAspectMismatch(),
  ]

  /// The rules of assets, in the order in which they report.
  static let assetRules: [any AssetRule] = [
    URLSyntax(), URLScheme(), URLLocal(), URLPlaceholder(), URLCredentials(), URLNotPublic(), URLInsecure(),
    URLRedirects(), URLExpired(), URLExpiresSoon(), AssetRefused(), AssetTLS(), AssetUnreachable(),
    AssetChanged(),
    AssetWebPage(), ContentTypeMismatch(), ExtensionMismatch(), ContentEncodingRule(),
    FileMissing(), FileEmpty(), FileUnreadable(), MediaFormatRule(), ImageFileSize(), AudioFileSize(),
    VideoFileSize(),
    ImageFormatRule(), ImageCodingRule(), ImageDimensions(), ImageAspectRatio(), DefectRule.imageCorrupt,
    DefectRule.imageTruncated, DefectRule.imageIrregular,
    ImageAnimated(), ImageAlpha(), ImageCMYK(), ImageOrientation(), DefectRule.imageTrailingData,
    AudioFormatRule(), AudioNoStream(), AudioDuration(), AudioCodec(),
    DefectRule.audioCorrupt, DefectRule.audioTruncated, DefectRule.audioIrregular,
    VideoFormatRule(), VideoNoStream(), VideoDimensions(), VideoAspectRatio(), VideoDuration(), VideoCodec(),
    VideoEncrypted(), DefectRule.videoCorrupt, DefectRule.videoTruncated, DefectRule.videoIrregular,
    VideoRotation(), VideoPixelAspect(),
    ProbeLimit(), ProbeCrashed(), DepthInsufficient(), EndUndeclared(),
  ]

  private static let everything: [RuleEntry] = {
    var seen: Set<RuleID> = []
    return (jobRules.map(\.entry) + assetRules.map(\.entry)).filter { seen.insert($0.id).inserted }
  }()

  private static let byID = Dictionary(uniqueKeysWithValues: everything.map { ($0.id, $0) })
}
