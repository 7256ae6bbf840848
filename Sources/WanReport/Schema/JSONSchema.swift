public import WanCheck

/// JSON Schemas (draft 2020-12) of what goes in and what comes out.
public enum JSONSchema {
  /// The schema of the reports of checks in JSON.
  public static var report: String {
    report(SchemaAddition(definitions: "    \"submission\": {\"type\": \"object\"}"))
  }

  /// The schema of reports in JSON whose results have additions.
  package static func report(_ addition: SchemaAddition) -> String { ReportSchema.text(addition) }

  /// The schema of a job: the request body, or the envelope around it.
  public static func job(_ limits: Limits) -> String { JobSchema(limits).text }

  /// The schema of a profile's file.
  public static var profile: String { ProfileSchema.text }
}
