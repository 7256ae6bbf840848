/// One reader of strangers' bytes, with what must hold whatever the bytes are.
///
/// A target calls what the programs call, and says so where an answer cannot be true. It takes any bytes, keeps nothing from
/// one call to the next, and comes to its end by itself.
public struct FuzzTarget: Sendable, CustomStringConvertible {
  /// The outcome of one input.
  public enum Outcome: Sendable, Hashable {
    /// All that must hold did.
    case held
    /// The input is none for this target; nothing is learned from keeping it.
    case beside
    /// An answer that cannot be true, in words.
    case broken(String)
  }

  /// The name on the command line, and of the folders with its inputs.
  public let name: String
  /// The longest input that is worth its time, in bytes.
  public let longest: Int

  private let check: @Sendable ([UInt8]) throws(BrokenPromise) -> Bool

  /// A target; `check` returns whether the input was one for it.
  init(_ name: String, longest: Int, _ check: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Bool) {
    self.name = name
    self.longest = longest
    self.check = check
  }

  /// Reads `bytes`.
  public func run(_ bytes: [UInt8]) -> Outcome {
    do throws(BrokenPromise) {
      return try check(bytes) ? .held : .beside
    } catch {
      return .broken(error.description)
    }
  }

  /// The name.
  public var description: String { name }

  /// Every target. A new one is listed here, and gets its seeds in `Fuzzing/seeds`.
  public static let all: [FuzzTarget] =
    MediaFiles.targets + FormatWalks.targets + Decoders.targets + JobTexts.targets + LocationTargets.targets
    + ProviderMessages.targets + WorkerMessages.targets

  /// The target of that name.
  public static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// An answer that cannot be true.
struct BrokenPromise: Error, Sendable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless `condition` holds.
func demand(
  _ condition: Bool, _ what: @autoclosure () -> String
) throws(BrokenPromise) {
  if !condition { throw BrokenPromise(what()) }
}

extension Sequence<UInt8> {
  /// A number that depends on every byte, so that an input always gets the same variant of a check.
  var fingerprint: UInt64 {
    // FNV-1a.
    reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension String {
  /// Whether it can be shown: without control and bidirectional characters, which could change the text around it.
  var isFitToShow: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
  }
}
