import NIOCore
import NIOPosix

/// Runs the tasks of servers on an event loop.
///
/// Tests hold up the threads of Swift's own pool while they wait for a program to end; a server whose tasks ran there
/// would wait for the test that waits for it.
final class ServerExecutor: TaskExecutor {
  /// The one that all servers share.
  static let shared = ServerExecutor(loop: MultiThreadedEventLoopGroup.singleton.next())

  private let loop: any EventLoop

  private init(loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
