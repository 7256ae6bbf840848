/// Whether `condition` holds now or soon: it is looked at again and again until it does.
///
/// The patience is for slow machines. A wait that ends well takes as long as the condition needs, so that no test depends
/// on how fast the machine is.
public func eventually(
  within patience: Duration = .seconds(60), isolation: isolated (any Actor)? = #isolation,
  _ condition: () throws -> Bool
) async throws -> Bool {
  let end = ContinuousClock.now + patience
  while try !condition() {
    guard ContinuousClock.now < end else { return false }
    try await Task.sleep(for: .milliseconds(10))
  }
  return true
}
