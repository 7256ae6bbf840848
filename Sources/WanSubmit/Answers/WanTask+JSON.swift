import JobDocuments

extension WanTask {
  /// The task that an answer or a webhook describes, with or without the `data` around it.
  ///
  /// `nil` if there is no `task_id`, or none that is a text or a whole number, or one that is too long. Anything else may be
  /// missing or unknown: what cannot be read stays in `otherFields`, and a missing status is an empty word.
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
  /// What can be a name: a text, or a whole number as text.
  fileprivate var name: String? { string ?? number?.integer.map { String($0) } }
}
