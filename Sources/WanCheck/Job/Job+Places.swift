import JobDocuments

extension Job {
  /// The body's field that a provider means by `name`, as a JSON pointer, with its place in the job's file.
  ///
  /// Providers write names in several ways: `duration`, `body.duration`, `/duration`, `additional_settings.prompt_extend`,
  /// `["body", "duration"]` joined by dots. The longest part of the name that leads into the body is used; `nil` if none does.
  package func field(namedByProvider name: String) -> (pointer: String, place: Place)? {
    var parts = name.split(whereSeparator: { "./[]\"'$ ".contains($0) }).map(String.init)[...]
    while let first = parts.first, ["body", "data", "job", "request", "params"].contains(first),
      body?[first] == nil
    {
      parts = parts.dropFirst()
    }
    guard let first = parts.first, profile.field(first) != nil else { return nil }
    var pointer = JSONPointer.root
    var value = body
    for part in parts {
      if let member = value?[part] {
        pointer = pointer.appending(part)
        value = member
      } else if let elements = value?.elements, let index = Int(part), elements.indices.contains(index) {
        pointer = pointer.appending(index)
        value = elements[index]
      } else {
        break
      }
    }
    // The job may not have the field; its place is then that of the body.
    if pointer == .root { pointer = pointer.appending(first) }
    return (pointer.description, place(of: value?.position))
  }
}
