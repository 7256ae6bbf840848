import MediaFacts

/// One request body of `POST /v1/ai/image-to-video/wan-2-7`, with the place of each field.
///
/// A job that could not be parsed is a job too: its `problems` become findings.
public struct Job: Sendable {
  /// The body as it was parsed; `nil` if it could not be.
  public var body: DocumentValue? { didSet { fields = Self.fields(of: body) } }
  /// The body's own fields by their names: an object may have a million others.
  private var fields: [String: DocumentValue]
  /// The id of the envelope, if there is one.
  public var id: String?
  /// The job's index in its file, from 0.
  public var index: Int
  /// The file's path as given, or the name of standard input; `nil` for a job from memory.
  public var file: String?
  /// The folder that relative paths in the job start from; `nil`: the working folder.
  public var folder: String?
  /// What is wrong with the text.
  public var problems: [DocumentProblem]
  /// Members of the envelope that nothing knows.
  var unknownEnvelopeMembers: [DocumentValue.Member]
  /// The text that the job was read from, of which reports show lines; `nil` for a job from memory.
  var source: SourceText?

  /// The job of a record of a job file.
  public init(_ record: JobRecord, file: String? = nil, folder: String? = nil) {
    body = record.body
    fields = Self.fields(of: record.body)
    id = record.id
    index = record.index
    problems = record.problems
    unknownEnvelopeMembers = record.extraMembers
    source = record.source
    self.file = file
    self.folder = folder
  }

  /// The value of the body's field `name`.
  func field(_ name: String) -> DocumentValue? { fields[name] }

  /// Of a field that occurs more than once, the last one counts.
  private static func fields(of body: DocumentValue?) -> [String: DocumentValue] {
    let known = (body?.members ?? []).lazy.filter { JobFields.types[$0.key] != nil }
    return Dictionary(known.map { ($0.key, $0.value) }) { $1 }
  }

  /// The field's text, if it is a string that is not empty.
  func text(_ name: String) -> String? {
    guard case .string(let text)? = field(name)?.content, !text.isEmpty else { return nil }
    return text
  }

  /// The field's number, if it is a whole one that fits.
  func integer(_ name: String) -> Int64? {
    guard case .number(let literal)? = field(name)?.content else { return nil }
    return literal.integer
  }

  /// Whether the field is there and not empty, whatever its type; a wrong type has its own finding.
  func isPresent(_ name: String) -> Bool {
    switch field(name)?.content {
    case nil, .null: false
    case .string(let text): !text.isEmpty
    default: true
    }
  }

  /// The mode that the assets select; `nil` if they select none.
  public var mode: Mode? {
    let present = Set(Role.allCases.filter { isPresent($0.field) })
    switch (present.contains(.startImage), present.contains(.endImage), present.contains(.video)) {
    case (true, false, false): return .firstFrame
    case (true, true, false): return .firstLastFrame
    case (false, _, true): return .videoContinuation
    default: return nil
    }
  }

  /// The length of the output in seconds: what the job says, else the default; `nil` if what it says is no length.
  func outputDuration(_ limits: Limits) -> Rational? {
    guard isPresent("duration") else { return limits.defaultDuration }
    return integer("duration").map { Rational($0) }
  }

  /// The place of a position in this job's file.
  func place(of position: SourcePosition?) -> Place {
    Place(file: file, line: position?.line, column: position?.column)
  }

  /// The assets that the job names, in the order of the API page.
  var assetReferences: [AssetReference] {
    Role.allCases.compactMap { role in
      guard let text = text(role.field), let position = field(role.field)?.position else { return nil }
      return AssetReference(
        text: text, folder: folder, pointer: JSONPointer.root.appending(role.field).description,
        place: place(of: position), role: role)
    }
  }
}
