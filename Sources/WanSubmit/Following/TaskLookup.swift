/// Asks the provider how far a task is.
package protocol TaskLookup: Sendable {
  /// The task called `id` as the provider describes it now; one question, nothing repeated.
  func task(id: String) async throws(ClientError) -> WanTask
}
