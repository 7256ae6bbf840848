/// Where a rewritten text has its characters in other columns than the text that the user wrote.
///
/// A rewrite never adds or removes a line. Lines and columns count from 1, columns in Unicode scalars.
struct ColumnShifts {
  /// From `column` on, up to the next shift of the same line, characters stand `offset` columns further to
  /// the right than in the user's text.
  private struct Shift {
    var line: Int
    var column: Int
    var offset: Int
  }

  // In order of line and column.
  private var shifts: [Shift] = []

  /// Notes that from `column` of the rewritten `line` on, characters stand `offset` columns to the right of
  /// where the user wrote them; shifts are noted from left to right.
  mutating func note(line: Int, column: Int, offset: Int) {
    shifts.append(Shift(line: line, column: column, offset: offset))
  }

  /// Notes that `count` more characters were put into the rewritten text, in front of the one at `position`.
  mutating func insert(_ count: Int, at position: SourcePosition) {
    let index = firstIndex(after: position)
    let earlier = index > 0 && shifts[index - 1].line == position.line ? shifts[index - 1].offset : 0
    var later = index
    while later < shifts.count, shifts[later].line == position.line {
      shifts[later].column += count
      shifts[later].offset += count
      later += 1
    }
    shifts.insert(
      Shift(line: position.line, column: position.column + count, offset: earlier + count), at: index)
  }

  /// The place in the user's text of the character at `position` of the rewritten text.
  func original(_ position: SourcePosition) -> SourcePosition {
    let index = firstIndex(after: position)
    guard index > 0, shifts[index - 1].line == position.line else { return position }
    return SourcePosition(line: position.line, column: max(1, position.column - shifts[index - 1].offset))
  }

  private func firstIndex(after position: SourcePosition) -> Int {
    var (low, high) = (0, shifts.count)
    while low < high {
      let middle = low + (high - low) / 2
      if (shifts[middle].line, shifts[middle].column) <= (position.line, position.column) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
