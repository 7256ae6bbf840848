public import Foundation

extension Process {
  /// Starts the process on a thread that blocks no signal.
  ///
  /// Dispatch's threads block nearly all signals, and a child inherits the mask of its parent's thread. SIGTERM would never
  /// arrive.
  public func runWithoutBlockedSignals() throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try run()
  }
}
