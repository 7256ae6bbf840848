import JobDocuments
import MediaFacts

/// Everything that the rules may know of one job.
struct JobSubject: Sendable {
  /// The job as parsed.
  var job: Job
  /// Its assets by role, each with its facts.
  var assets: [Role: AssetSubject]
  /// The limits to judge by.
  var limits: Limits

  /// A finding about the field `name`, at its value; about the whole body if the field is absent.
  func finding(_ entry: RuleEntry, field name: String?, _ message: String) -> Finding {
    let field = name.flatMap { job.field($0) }
    var finding = Finding(entry, message, place: job.place(of: field?.position ?? job.body?.position))
    finding.pointer = field == nil ? "" : name.map { JSONPointer.root.appending($0).description }
    return finding
  }
}
