public import Foundation

extension Process {
  /// Starts it on a thread that blocks no signal, whoever calls.
  ///
  /// Dispatch's threads block nearly all, a child inherits what its parent's thread blocks, and so SIGTERM would wait for
  /// ever.
  public func runWithoutBlockedSignals() throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
