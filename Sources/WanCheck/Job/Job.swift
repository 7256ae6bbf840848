public import JobDocuments
import MediaFacts
package import SystemPackage

/// One request body, with the place of each field.
///
/// A text that could not be parsed is also a job. Its `problems` become findings.
public struct Job: Sendable {
  /// The body as it was parsed; `nil` if it could not be.
  public var body: DocumentValue? { didSet { values = profile.values(in: body) } }
  /// The endpoint that the job is for.
  public private(set) var profile: Profile
  /// The values of the profile's fields, by their index: an object may have a million other members.
  private var values: [DocumentValue?]
  /// The id of the envelope, if there is one.
  public var id: String?
  /// The job's index in its file, from 0.
  public var index: Int
  /// The file's path as given, or the name of standard input; `nil` for a job from memory.
  public var file: String?
  /// The folder that relative paths in the job start from; `nil`: the working folder.
  public var folder: String?
  /// The path of the file in bytes; `nil` for standard input, and for a job from memory.
  package var path: FilePath?
  /// The problems of the text.
  public var problems: [DocumentProblem]
  /// Unknown members of the envelope.
  var unknownEnvelopeMembers: [DocumentValue.Member]
  /// The text that the job was read from, so that reports can show its lines; `nil` for a job from memory.
  var source: SourceText?

  /// The job of a record of a job file.
  public init(
    _ record: JobRecord, file: String? = nil, folder: String? = nil, profile: Profile = .freepik
  ) {
    body = record.body
    self.profile = profile
    values = profile.values(in: record.body)
    id = record.id
    index = record.index
    problems = record.problems
    unknownEnvelopeMembers = record.extraMembers
    source = record.source
    self.file = file
    self.folder = folder
  }

  /// The same body for another endpoint.
  func read(by profile: Profile) -> Job {
    guard profile !== self.profile else { return self }
    var job = self
    (job.profile, job.values) = (profile, profile.values(in: body))
    return job
  }

  /// The value of a field.
  func value(_ field: Profile.Field) -> DocumentValue? { values[field.index] }

  /// The value of the field of that meaning.
  package func value(_ meaning: FieldMeaning) -> DocumentValue? { profile[meaning].flatMap(value) }

  /// The field's text, if it is a string that is not empty.
  package func text(_ meaning: FieldMeaning) -> String? {
    guard let text = value(meaning)?.string, !text.isEmpty else { return nil }
    return text
  }

  /// The field's number, if it is a whole one that fits.
  package func integer(_ meaning: FieldMeaning) -> Int64? { value(meaning)?.number?.integer }

  /// Whether the field is there and not empty. Its type does not matter; a wrong type has its own finding.
  func isPresent(_ meaning: FieldMeaning) -> Bool {
    switch value(meaning)?.content {
    case nil, .null: false
    case .string(let text): !text.isEmpty
    default: true
    }
  }

  /// The mode that the assets select; `nil` if they select none.
  public var mode: Mode? { profile.mode(of: Role.allCases.filter { isPresent($0.meaning) }) }

  /// The length of the output in seconds: the value in the job, or else the default; `nil` if the value is not a length.
  var outputDuration: Rational? {
    (isPresent(.duration) ? integer(.duration) : profile[.duration]?.defaultValue?.number?.integer)
      .map { Rational($0) }
  }

  /// The place of a position in this job's file.
  func place(of position: SourcePosition?) -> Place {
    Place(file: file, line: position?.line, column: position?.column)
  }

  /// The assets that the job names, in the order of the roles.
  package var assetReferences: [AssetReference] {
    Role.allCases.compactMap { role in
      guard let field = profile[role.meaning], let text = text(role.meaning) else { return nil }
      return AssetReference(
        text: text, folder: folder, pointer: field.pointer, place: place(of: value(field)?.position),
        role: role, isExample: profile.isExample(text))
    }
  }
}
