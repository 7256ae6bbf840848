import Libc
import MediaFacts

/// How a worker process ended.
enum WorkerEnd: Sendable, Hashable {
  case exit(CInt)
  case signal(CInt)
  /// Other code in this process waited for the worker, so its end is not known.
  case unknown

  /// Ends `pid` and waits for it.
  @discardableResult
  static func afterKilling(_ pid: pid_t) -> WorkerEnd {
    // Ends its group too, because a worker that is not confined may have started processes.
    kill(-pid, SIGKILL)
    kill(pid, SIGKILL)
    return wait(pid, 0) ?? .unknown
  }

  /// Waits for the end of `pid` for at most a second, and does not reap the process.
  static func await(_ pid: pid_t) {
    for _ in 0..<200 {
      var info = siginfo_t()
      // Without a change, `si_signo` stays 0; an error means that other code waited for the worker.
      guard waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_signo == 0
      else { return }
      usleep(5_000)
    }
  }

  /// How `pid` ended; `nil` if it still runs.
  static func ofEnded(_ pid: pid_t) -> WorkerEnd? { wait(pid, WNOHANG) }

  private static func wait(_ pid: pid_t, _ options: CInt) -> WorkerEnd? {
    var status: CInt = 0
    while true {
      let waited = waitpid(pid, &status, options)
      if waited == 0 { return nil }
      if waited == pid { break }
      if errno != EINTR { return .unknown }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
  }

  /// The failure of a probe if the worker that was measuring ended like this.
  func failure(_ request: ProbeRequest) -> ProbeError {
    switch self {
    case .signal(SIGXCPU):
      ProbeError(
        .budgetExceeded, message: "the probe used more than \(request.budget.processorTime) of processor time"
      )
    case .signal(let number):
      ProbeError(.crashed, message: Self.meaning(of: number))
    case .exit(let status):
      ProbeError(.crashed, message: "its worker process ended with status \(status)")
    case .unknown:
      ProbeError(.crashed, message: "its worker process ended")
    }
  }

  private static func meaning(of signal: CInt) -> String {
    switch signal {
    case SIGSYS: "its worker process made a system call that workers may not make"
    case SIGKILL: "its worker process was killed, perhaps because memory ran out"
    case SIGSEGV, SIGBUS: "its worker process accessed invalid memory"
    case SIGABRT, SIGTRAP, SIGILL: "its worker process aborted, perhaps because memory ran out"
    case SIGFPE: "its worker process divided by zero"
    default: "its worker process was ended by signal \(signal)"
    }
  }
}
