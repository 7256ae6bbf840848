/// Content that a report shows with the result of a check, such as the submission of its job.
///
/// The module of the addition renders it; each format only places the rendered content.
public struct ResultAddition: Sendable {
  package let content: any ResultAdditionContent

  /// An addition that shows `content`.
  package init(_ content: any ResultAdditionContent) { self.content = content }
}

/// The content of an addition, rendered for each kind of format.
package protocol ResultAdditionContent: Sendable {
  /// All states, in the order in which a summary counts them.
  static var states: [AdditionState] { get }
  /// The state of the job.
  var state: AdditionState { get }
  /// Whether the state is `done` and there is no known problem.
  var isFine: Bool { get }
  /// Why the job is in this state; `nil` if the state alone explains it.
  var message: String? { get }
  /// The task that the server made from the job.
  var taskID: String? { get }
  /// Advice for the end of the report about what to do in this state.
  var advice: String? { get }

  /// The value of the JSON member `submission`.
  func json(showURLs: Bool) -> any Encodable
  /// Indented lines for a terminal.
  func text(_ layout: TextLayout) -> String
  /// The items of a Markdown list.
  func markdown() -> String
  /// A section of the HTML page.
  func markup(showURLs: Bool) -> Markup
}

/// A state of an addition.
package struct AdditionState: Sendable, Hashable {
  /// What a state means for the report as a whole.
  package enum Standing: Sendable, Hashable { case done, refused, unknown, notDone }

  /// The stable name, such as `not_sent`.
  package let name: String
  /// The meaning of the state for the report.
  package let standing: Standing

  /// A state.
  package init(_ name: String, _ standing: Standing) {
    self.name = name
    self.standing = standing
  }

  /// The name as words: `not sent`.
  package var words: String { name.replacing("_", with: " ") }
}

/// The layout of a text report.
package struct TextLayout: Sendable {
  /// The colours.
  package var palette: Palette
  /// Whether the queries of URLs are shown.
  package var showURLs: Bool
  /// The column at which lines are folded; text that users copy is not folded.
  package var width: Int?

  /// A layout.
  package init(palette: Palette, showURLs: Bool, width: Int? = nil) {
    self.palette = palette
    self.showURLs = showURLs
    self.width = width
  }
}

/// How many additions are in each state.
package struct AdditionCounts: Sendable, Hashable, Encodable {
  /// The number of additions in each state, in the order of the states.
  package private(set) var counts: [Count]
  /// Advice for the states that need it.
  package private(set) var advice: String?

  /// A state and its number.
  package struct Count: Sendable, Hashable {
    package var state: AdditionState
    package var number: Int
  }

  init(_ states: [AdditionState]) { counts = states.map { Count(state: $0, number: 0) } }

  mutating func count(_ content: any ResultAdditionContent) {
    guard let place = counts.firstIndex(where: { $0.state == content.state }) else { return }
    counts[place].number += 1
    advice = content.advice ?? advice
  }

  /// The states that occurred, for people, such as `2 submitted, 1 not sent`.
  var words: String { parts { text, _ in text } }

  /// The same, with each part in the given style.
  func parts(_ style: (String, AdditionState.Standing) -> String) -> String {
    counts.filter { $0.number > 0 }.map { style("\($0.number) \($0.state.words)", $0.state.standing) }
      .joined(separator: ", ")
  }

  /// Encodes an object with a member for each state.
  package func encode(to encoder: any Encoder) throws {
    try Dictionary(counts.map { ($0.state.name, $0.number) }) { first, _ in first }.encode(to: encoder)
  }
}
