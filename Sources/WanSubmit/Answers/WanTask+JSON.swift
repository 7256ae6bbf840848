extension WanTask {
  /// The longest name of a task, in Unicode scalars.
  private static let longestID = 256

  /// The task that an answer or a webhook describes, with or without the `data` around it.
  ///
  /// `nil` if there is no `task_id`, or one that is no text of 1 to 256 characters, or holds control characters. Anything
  /// else may be missing or unknown: what cannot be read stays in `otherFields`, and a missing status is an empty word.
  init?(json: JSONValue) {
    let described = json["task_id"] == nil ? json["data"] : json
    guard var fields = described?.members, let id = fields.removeValue(forKey: "task_id")?.string,
      Self.isName(id)
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

  private static func isName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return !scalars.isEmpty && scalars.count <= longestID
      && scalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
      }
  }
}
