/// A fix for the cause of a finding: a command for a shell, a change of the job, or words.
///
/// A string literal is advice, so that a rule states it as a sentence: `finding.fix = "use https"`.
public struct Fix: Sendable, Hashable {
  /// How a fix is applied.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A command for a POSIX shell writes a repaired copy next to the asset.
    case command
    /// The text describes a change of the job file.
    case edit
    /// The text is advice.
    case advice
  }

  /// How a fix changes what people see and hear.
  public enum Applicability: String, Sendable, Hashable, CaseIterable {
    /// Every pixel and sample stays.
    case lossless
    /// Pixels or samples are encoded again, but their content stays.
    case lossy
    /// Something that people see or hear changes: a crop, a cut, a background, a field.
    case changesContent = "changes-content"
  }

  /// How it is applied.
  public internal(set) var kind: Kind
  /// How it changes what people see and hear.
  public let applicability: Applicability
  /// What else the command changes, such as `keeps the first 30 s`; `nil` if nothing.
  public let note: String?
  /// The command as data, to be run without a shell; `nil` for words.
  public internal(set) var command: RepairCommand?
  private let words: String

  /// The command for a POSIX shell, or the words; always one line.
  public var text: String { command?.text ?? words }
  /// The program that a command runs, if it is one that reports name.
  public var program: RepairCommand.Program? { command?.program }
  /// The file that a command writes, relative to the folder in which it is run.
  public var writes: String? { command?.writes }

  /// A fix in words: advice, or a change of the job.
  public static func words(_ text: String, kind: Kind = .advice) -> Fix {
    Fix(kind: kind, applicability: .changesContent, note: nil, command: nil, words: text)
  }

  /// A command; `notes` say what it changes.
  static func command(_ command: RepairCommand, _ applicability: Applicability, notes: [String] = []) -> Fix {
    Fix(
      kind: .command, applicability: applicability,
      note: notes.isEmpty ? nil : notes.joined(separator: ", "), command: command, words: "")
  }
}

extension Fix: ExpressibleByStringInterpolation {
  /// Advice in words.
  public init(stringLiteral text: String) { self = .words(text) }
}
