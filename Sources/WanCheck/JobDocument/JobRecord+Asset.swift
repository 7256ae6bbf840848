import JobDocuments

extension JobRecord {
  /// The members of a line that names a bare asset: `{"id": …, "asset": LOCATION, "role": ROLE}`.
  private static let assetMembers: Set = ["id", "asset", "role"]

  /// Whether the record names a bare asset and has no other members, so that it cannot be anything else.
  public func isAsset(for profile: Profile) -> Bool {
    guard let members = body?.members, body?["asset"]?.string != nil, profile.field("asset") == nil else {
      return false
    }
    return members.allSatisfy { Self.assetMembers.contains($0.key) }
  }

  /// The bare asset that the record names instead of a job; `nil` if the record is a job.
  ///
  /// What is wrong with the line becomes a problem of the record, which then is a job without a body. `file` and `folder` are
  /// those of the job file.
  public mutating func takeAsset(file: String?, folder: String?, profile: Profile) -> AssetReference? {
    guard let line = body, let asset = line["asset"], profile.field("asset") == nil else { return nil }
    body = nil
    readID(of: line)
    let role = role(of: line, profile)
    for member in line.members ?? [] where !Self.assetMembers.contains(member.key) {
      add("unknown member \(member.key.excerpt); an asset has `asset`, `role` and `id`", member.keyPosition)
    }
    guard let text = asset.string, !text.isEmpty else {
      add(
        "`asset` must be the URL or path of a file, not \(asset.string == nil ? asset.typeName : "empty")",
        asset.position)
      return nil
    }
    guard problems.isEmpty else { return nil }
    return AssetReference(
      text: text, folder: folder,
      place: Place(file: file, line: asset.position.line, column: asset.position.column), role: role, id: id,
      record: index)
  }

  private mutating func role(of line: DocumentValue, _ profile: Profile) -> Role? {
    guard let value = line["role"], !value.isNull else { return nil }
    let roles = profile.roles
    if let role = value.string.flatMap(Role.init(rawValue:)), roles.contains(role) { return role }
    let names = roles.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    let found = value.string.map { $0.excerpt } ?? value.typeName
    add("`role` must be one of \(names); found \(found)", value.position)
    return nil
  }

  private mutating func add(_ message: String, _ position: SourcePosition) {
    problems.append(DocumentProblem(message, at: position))
  }
}
