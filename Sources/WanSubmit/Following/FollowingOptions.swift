/// How long and how often a task is asked for.
public struct FollowingOptions: Sendable, Hashable {
  /// How long a task is followed; after that it is pending.
  public var patience: Duration = .seconds(900)
  /// How long from the beginning on an answer that there is no such task is not believed.
  public var notFoundPatience: Duration = .seconds(15)
  /// The pause after the first answer.
  public var firstPause: Duration = .seconds(2)
  /// What a pause is to the one before it.
  public var growth = 1.5
  /// No pause between two answers is longer.
  public var longestPause: Duration = .seconds(15)
  /// No pause after a failure is longer, unless the provider asks for it.
  public var longestPauseAfterFailure: Duration = .seconds(60)
  /// So many answers in a row that cannot be read end the following.
  public var unreadableAnswers = 4

  /// The defaults.
  public init() {}
}
