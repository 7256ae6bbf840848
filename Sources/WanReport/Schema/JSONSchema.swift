public import WanCheck

/// JSON Schemas (draft 2020-12) of what goes in and what comes out.
public enum JSONSchema {
  /// The schema of `--format json`.
  public static var report: String { ReportSchema.text }

  /// The schema of a job: the request body, or the envelope around it.
  public static func job(_ limits: Limits) -> String { JobSchema(limits).text }

  /// The schema of a profile's file.
  public static var profile: String { ProfileSchema.text }
}
