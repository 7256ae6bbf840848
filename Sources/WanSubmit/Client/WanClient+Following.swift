extension WanClient: TaskLookup {
  /// Follows a task: a sequence of what the provider says of it, at growing intervals, until it ends or the time is up.
  ///
  /// - Parameters:
  ///   - id: the provider's name of the task.
  ///   - options: how long and how often to ask.
  public func wait(for id: String, _ options: FollowingOptions = FollowingOptions()) -> TaskUpdates {
    TaskUpdates(of: id, from: self, options)
  }
}
