/// What removes the cause of a finding: a command for a shell, a change of the job, or words.
///
/// A string literal is advice, so that a rule states it as a sentence: `finding.fix = "use https"`.
public struct Fix: Sendable, Hashable {
  /// How a fix is applied.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A command for a POSIX shell writes a repaired copy beside the asset.
    case command
    /// The job file is changed as the text says.
    case edit
    /// A person decides what to do.
    case advice
  }

  /// What a fix does to what people see and hear.
  public enum Applicability: String, Sendable, Hashable, CaseIterable {
    /// Every pixel and sample stays.
    case lossless
    /// Pixels or samples are encoded again; what they show stays.
    case lossy
    /// Something that people see or hear changes: a crop, a cut, a background, a field.
    case changesContent = "changes-content"
  }

  /// How it is applied.
  public var kind: Kind
  /// The command, or the words; always one line.
  public var text: String
  /// The program that a command runs, if it is one of those below.
  public var program: FixProgram?
  /// The file that a command writes, as the command names it.
  public var writes: String?
  /// What it does to what people see and hear.
  public var applicability: Applicability

  /// A fix in words: advice, or a change of the job.
  public static func words(_ text: String, kind: Kind = .advice) -> Fix {
    Fix(kind: kind, text: text, program: nil, writes: nil, applicability: .changesContent)
  }
}

/// The programs that commands run.
public enum FixProgram: String, Sendable, Hashable, CaseIterable {
  /// ffmpeg.
  case ffmpeg
  /// ImageMagick, version 6 or 7.
  case imageMagick = "imagemagick"
  /// jpegtran of libjpeg.
  case jpegtran
}

extension Fix: ExpressibleByStringInterpolation {
  /// Advice in words.
  public init(stringLiteral text: String) { self = .words(text) }
}
