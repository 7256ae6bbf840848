/// What the server does with the requests for one path: an answer for the first, the second, and so on.
///
/// The last answer is given again and again: `[.status(503), .whole(image)]` fails once.
public struct Route: Sendable, ExpressibleByArrayLiteral {
  private let answers: [Answer]

  /// These answers, in this order; none means 404.
  public init(_ answers: [Answer]) { self.answers = answers }

  /// These answers, in this order.
  public init(arrayLiteral elements: Answer...) { self.init(elements) }

  /// `answer` to the first `count` requests, then `others` in their order.
  public static func first(_ count: Int, _ answer: Answer, then others: Answer...) -> Route {
    Route(Array(repeating: answer, count: max(0, count)) + others)
  }

  /// The answer after `earlier` requests.
  func answer(after earlier: Int) -> Answer {
    answers.indices.contains(earlier) ? answers[earlier] : answers.last ?? .status(404)
  }
}
