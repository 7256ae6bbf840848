import WanReport

extension TaskReport {
  /// How the process should end if this were the only task.
  var exitStatus: ExitStatus {
    switch outcome {
    case .good: .valid
    case .open: .unfinished
    case .bad: .refused
    }
  }
}
