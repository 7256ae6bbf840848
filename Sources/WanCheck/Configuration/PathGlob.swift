/// A pattern of paths: `*` and `?` within a folder, `**` across folders, and `[…]` for one of several characters.
public struct PathGlob: Sendable, Hashable {
  /// The pattern as it was written.
  public let text: String
  private let segments: [Segment]

  private enum Segment: Sendable, Hashable {
    case anyFolders
    case name([Piece])
  }

  private enum Piece: Sendable, Hashable {
    case any
    case one
    case letter(Character)
    case oneOf([ClosedRange<Character>], negated: Bool)

    func matches(_ character: Character) -> Bool {
      switch self {
      case .any: false
      case .one: true
      case .letter(let letter): letter == character
      case .oneOf(let ranges, let negated): ranges.contains { $0.contains(character) } != negated
      }
    }
  }

  /// A pattern relative to a folder; `nil` if it is absolute, empty, or leads out with `..`.
  ///
  /// A pattern that ends with `/` covers everything below.
  public init?(_ text: String) {
    var names = text.split(separator: "/", omittingEmptySubsequences: false)
    if names.last?.isEmpty == true { names[names.count - 1] = "**" }
    names.removeAll { $0 == "." }
    guard !text.isEmpty, !names.isEmpty, !names.contains(where: { $0.isEmpty || $0 == ".." }) else {
      return nil
    }
    self.text = text
    segments = names.map { $0 == "**" ? .anyFolders : .name(Self.pieces($0)) }
  }

  /// Whether the pattern covers `path`, which is relative to the pattern's folder.
  public func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").map(Array.init)
    // The rows of a table, so that many `**` take time in proportion to the product of both lengths at most.
    var reached = [Bool](repeating: false, count: names.count + 1)
    reached[0] = true
    for segment in segments {
      switch segment {
      case .anyFolders:
        for index in names.indices where reached[index] { reached[index + 1] = true }
      case .name(let pieces):
        for index in names.indices.reversed() {
          reached[index + 1] = reached[index] && Self.matches(pieces, names[index])
        }
        reached[0] = false
      }
    }
    return reached[names.count]
  }

  private static func matches(_ pieces: [Piece], _ name: [Character]) -> Bool {
    var reached = [Bool](repeating: false, count: name.count + 1)
    reached[0] = true
    for piece in pieces {
      if piece == .any {
        for index in name.indices where reached[index] { reached[index + 1] = true }
      } else {
        for index in name.indices.reversed() {
          reached[index + 1] = reached[index] && piece.matches(name[index])
        }
        reached[0] = false
      }
    }
    return reached[name.count]
  }

  private static func pieces(_ name: Substring) -> [Piece] {
    var pieces: [Piece] = []
    var rest = name
    while let character = rest.popFirst() {
      switch character {
      case "*": if pieces.last != .any { pieces.append(.any) }
      case "?": pieces.append(.one)
      case "\\": pieces.append(.letter(rest.popFirst() ?? character))
      case "[":
        if let (piece, after) = set(rest) {
          pieces.append(piece)
          rest = after
        } else {
          pieces.append(.letter(character))
        }
      default: pieces.append(.letter(character))
      }
    }
    return pieces
  }

  /// The set after an opening bracket, up to the closing one; `nil` if there is none.
  private static func set(_ text: Substring) -> (Piece, Substring)? {
    var rest = text
    let negated = rest.first == "!" || rest.first == "^"
    if negated { rest.removeFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let first = rest.popFirst() {
      if first == "]", !ranges.isEmpty { return (.oneOf(ranges, negated: negated), rest) }
      if rest.first == "-", let last = rest.dropFirst().first, last != "]", first <= last {
        ranges.append(first...last)
        rest = rest.dropFirst(2)
      } else {
        ranges.append(first...first)
      }
    }
    return nil
  }
}
