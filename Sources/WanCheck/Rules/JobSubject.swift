import JobDocuments
import MediaFacts

/// Everything that rules can use about one job.
struct JobSubject: Sendable {
  /// The job as parsed.
  var job: Job
  /// Its assets by role, each with its facts.
  var assets: [Role: AssetSubject]
  /// The limits that apply.
  var limits: Limits

  /// The name of the field of that meaning.
  func label(_ meaning: FieldMeaning) -> String { job.profile.label(meaning) }

  /// A finding about the field of that meaning, at its value; about the whole body if the field is absent.
  func finding(_ entry: RuleEntry, _ meaning: FieldMeaning?, _ message: String) -> Finding {
    finding(entry, meaning.flatMap { job.profile[$0] }, message)
  }

  /// A finding about a field, at its value; about the whole body if the field is absent.
  func finding(_ entry: RuleEntry, _ field: Profile.Field?, _ message: String) -> Finding {
    let value = field.flatMap { job.value($0) }
    var finding = Finding(entry, message, place: job.place(of: value?.position ?? job.body?.position))
    finding.pointer = value == nil ? "" : field?.pointer
    return finding
  }
}
