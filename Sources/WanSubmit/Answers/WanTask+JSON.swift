extension WanTask {
  /// The task that an answer or a webhook describes, with or without the `data` around it.
  ///
  /// `nil` if there is no `task_id`, or none that is a text or a whole number, or one that is too long. Anything else may be missing or unknown: what cannot be read stays in `otherFields`, and a missing status is an empty word.
  init?(json: JSONValue) {
    let described = json["task_id"] == nil ? json["data"] : json
    guard var fields = described?.members, let id = fields.removeValue(forKey: "task_id")?.name,
      WanClient.isTaskID(id)
    else { return nil }
    self.init(id: id, status: TaskStatus(rawValue: ""))
    if let word = fields["status"]?.string {
      status = TaskStatus(rawValue: word)
      fields["status"] = nil
    }
    let elements = fields["generated"].map { $0.elements ?? [$0] } ?? []
    generated = elements.compactMap { $0.string ?? $0["url"]?.string }
    if generated.count == elements.count || fields["generated"] == .null { fields["generated"] = nil }
    otherFields = fields
  }
}

extension JSONValue {
  /// What can be a name: a text, or a whole number as text.
  fileprivate var name: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
