public import JobDocuments

/// One job of a job file, or the part of it that could be read.
public struct JobRecord: Sendable, Hashable {
  /// The number of the job in its file, from 0.
  public var index: Int
  /// Where the record begins.
  public var position: SourcePosition
  /// The user's name for the job, from the envelope: a text, or an integer as it was written.
  public var id: String?
  /// The envelope's `id`, of any type.
  public var idValue: DocumentValue?
  /// The request body; `nil` if it could not be read. It may be any value, not only an object.
  public var body: DocumentValue?
  /// The problems of the record's text. A record with a problem must not be sent.
  public var problems: [DocumentProblem]
  /// The members of the envelope other than `id` and `job`.
  public var extraMembers: [DocumentValue.Member]
  /// The text that the record was read from; `nil` for a record from memory.
  var source: SourceText?

  /// The job that `value`, an element of a job file, describes.
  ///
  /// An object with a key `job` is an envelope, because no field of the request body has that name. Any other
  /// value is the body itself.
  public init(index: Int, value: DocumentValue, problems: [DocumentProblem] = []) {
    self.index = index
    self.problems = problems
    position = value.position
    extraMembers = []
    guard let job = value.member("job") else {
      body = value
      return
    }
    if job.value.members != nil {
      body = job.value
    } else {
      self.problems.append(
        DocumentProblem(
          "`job` must be an object, the request body, not \(job.value.typeName)", at: job.value.position))
    }
    extraMembers = (value.members ?? []).filter { $0.key != "job" && $0.key != "id" }
    readID(of: value)
  }

  /// Reads the `id` of an envelope.
  mutating func readID(of envelope: DocumentValue) {
    idValue = envelope["id"]
    switch idValue?.content {
    case nil: break
    case .string(let text):
      id = text
      if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        self.problems.append(
          DocumentProblem(
            "`id` must not hold control characters such as a NUL or a line break",
            at: idValue?.position ?? position))
      }
    case .number(let number) where number.isInteger: id = number.text
    default:
      self.problems.append(
        DocumentProblem(
          "`id` must be a string or an integer, not \(idValue?.typeName ?? "null")",
          at: idValue?.position ?? position))
    }
  }

  /// A job that could not be read.
  public init(index: Int, problem: DocumentProblem) {
    self.index = index
    position = problem.position
    problems = [problem]
    extraMembers = []
  }
}
