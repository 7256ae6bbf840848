import JobDocuments

extension WanTask {
  /// The task in an answer or a webhook, with or without `data` around it.
  ///
  /// `nil` if `task_id` is missing, is neither a string nor a whole number, or is too long. Any other
  /// field may be missing or unknown: a field that cannot be read stays in `otherFields`, and a missing
  /// status is an empty string.
  init?(json: DocumentValue) {
    let described = json["task_id"] == nil ? json["data"] : json
    guard let members = described?.members else { return nil }
    var fields = Dictionary(members.map { ($0.key, $0.value) }) { $1 }
    guard let id = fields.removeValue(forKey: "task_id")?.name, WanClient.isTaskID(id) else { return nil }
    self.init(id: id, status: TaskStatus(rawValue: ""))
    if let word = fields["status"]?.string {
      status = TaskStatus(rawValue: word)
      fields["status"] = nil
    }
    let elements = fields["generated"].map { $0.elements ?? [$0] } ?? []
    generated = elements.compactMap { $0.string ?? $0["url"]?.string }
    if generated.count == elements.count || fields["generated"]?.isNull == true { fields["generated"] = nil }
    otherFields = fields
  }
}

extension DocumentValue {
  /// The value as an id: a string, or a whole number as text.
  fileprivate var name: String? { string ?? number?.integer.map { String($0) } }
}
