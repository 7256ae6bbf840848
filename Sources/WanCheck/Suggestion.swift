/// Finds the known name that a person may have meant by an unknown one.
public enum Suggestion {
  // A longer name is not a typing error of a known name, and comparing it would take time.
  private static let longestName = 64

  /// The candidate that is closest to `name`, or `nil` if none is close.
  ///
  /// Letter case, `_`, `-` and spaces are ignored. A name is close if at most a third of its letters, and at most three, are
  /// inserted, deleted, replaced, or swapped with a neighbour. The first of equally close candidates is returned.
  public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
    guard name.unicodeScalars.prefix(longestName + 1).count <= longestName else { return nil }
    let wanted = letters(of: name)
    guard !wanted.isEmpty else { return nil }
    var nearest: (candidate: String, distance: Int)?
    for candidate in candidates {
      let other = letters(of: candidate)
      let allowed = min(3, max(1, max(wanted.count, other.count) / 3), max(wanted.count, other.count) - 1)
      guard other.count <= longestName, abs(other.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, other)
      if distance <= allowed, distance < nearest?.distance ?? .max { nearest = (candidate, distance) }
    }
    return nearest?.candidate
  }

  private static func letters(of name: String) -> [Unicode.Scalar] {
    name.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// The optimal string alignment distance: Levenshtein's, with swapped neighbours as one step.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var twoBack: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, twoBack[column - 1] + 1)
        }
        current.append(best)
      }
      (twoBack, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
