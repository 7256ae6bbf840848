import NIOCore
import NIOPosix

/// Runs the tasks of the simulator on an event loop.
///
/// Tests hold up the threads of Swift's own pool while they wait for a program to end, and that program waits for us.
final class LoopExecutor: TaskExecutor {
  /// The one that all simulators share; it outlives every task.
  static let shared = LoopExecutor(loop: MultiThreadedEventLoopGroup.singleton.next())

  private let loop: any EventLoop

  private init(loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
