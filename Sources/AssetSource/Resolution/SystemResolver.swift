import AssetOpening
import Libc
public import Locations
import NIOPosix
import Synchronization

/// The system's resolver. `getaddrinfo` blocks without a time-out, so it runs on its own threads. When the time is up, the
/// caller returns although the thread is still waiting.
public struct SystemResolver: HostResolver {
  private static let threads: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 8)
    pool.start()
    return pool
  }()

  private let limit: Duration
  private let asksDNSAlone: Bool

  /// A resolver that waits for `limit` at most.
  ///
  /// With `asksDNSAlone`, a name of several labels is resolved as on any other machine: without this machine's search
  /// domains, which could make another name of it, and without its hosts file.
  public init(limit: Duration = .seconds(10), asksDNSAlone: Bool = false) {
    self.limit = limit
    self.asksDNSAlone = asksDNSAlone
  }

  /// The name to resolve. A final dot makes a name complete (RFC 1034, 3.1).
  func question(for name: String) -> String {
    asksDNSAlone && name.contains(".") && !name.hasSuffix(".") ? name + "." : name
  }

  /// Every address of `name`, in the order of RFC 6724.
  public func addresses(of name: String) async throws(ResolutionError) -> [IPAddress] {
    let answer = PendingAnswer()
    let question = question(for: name)
    Self.threads.submit { state in
      guard state == .active else {
        answer.give(.failure(ResolutionError(.cancelled, message: "the resolver was shut down")))
        return
      }
      // The caller no longer waits, so the look-up is not needed.
      if !answer.isGiven { answer.give(Self.ask(question)) }
    }
    let limit = limit
    let timer = Task {
      try await Task.sleep(for: limit)
      answer.give(.failure(ResolutionError(.timedOut, message: "the resolver did not answer in time")))
    }
    defer { timer.cancel() }
    let result = await withTaskCancellationHandler {
      await answer.wait()
    } onCancel: {
      answer.give(.failure(ResolutionError(.cancelled, message: "the look-up was cancelled")))
    }
    return try result.get()
  }

  private static func ask(_ name: String) -> Result<[IPAddress], ResolutionError> {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(name, nil, &hints, &list)
    defer { if let list { freeaddrinfo(list) } }
    guard status == 0 else { return .failure(failure(status)) }
    var addresses: [IPAddress] = []
    var entry = list
    while let current = entry?.pointee {
      if let address = address(of: current), !addresses.contains(address) { addresses.append(address) }
      entry = current.ai_next
    }
    guard !addresses.isEmpty else {
      return .failure(ResolutionError(.noSuchName, message: "the name has no addresses"))
    }
    return .success(addresses)
  }

  private static func address(of entry: addrinfo) -> IPAddress? {
    guard let socket = entry.ai_addr else { return nil }
    // Read by offset, which is the same on all systems (RFC 3493, 3.3), since the module that declares the structures'
    // fields differs between builds.
    let place: Range<Int>
    switch entry.ai_family {
    case AF_INET: place = 4..<8
    case AF_INET6: place = 8..<24
    default: return nil
    }
    let bytes = UnsafeRawBufferPointer(start: socket, count: Int(entry.ai_addrlen))
    guard place.upperBound <= bytes.count else { return nil }
    return IPAddress(bytes: Array(bytes[place]))
  }

  private static func failure(_ status: CInt) -> ResolutionError {
    // EAI_NODATA is no longer in the standard's headers, but `getaddrinfo` still returns it.
    let hasNoData = status == -5
    guard status == EAI_NONAME || hasNoData else {
      let words = gai_strerror(status).map { String(cString: $0) } ?? "the resolver failed"
      return ResolutionError(.temporary, message: words)
    }
    return ResolutionError(.noSuchName, message: "the name does not exist")
  }
}

/// An answer that is set once, by the first caller, and awaited once.
private final class PendingAnswer: Sendable {
  private enum State {
    case open(CheckedContinuation<Result<[IPAddress], ResolutionError>, Never>?)
    case given(Result<[IPAddress], ResolutionError>)
  }

  private let state = Mutex<State>(.open(nil))

  var isGiven: Bool {
    state.withLock { if case .given = $0 { true } else { false } }
  }

  func give(_ result: Result<[IPAddress], ResolutionError>) {
    let waiter = state.withLock {
      state -> CheckedContinuation<Result<[IPAddress], ResolutionError>, Never>? in
      guard case .open(let waiter) = state else { return nil }
      state = .given(result)
      return waiter
    }
    waiter?.resume(returning: result)
  }

  func wait() async -> Result<[IPAddress], ResolutionError> {
    await withCheckedContinuation { continuation in
      let result = state.withLock { state -> Result<[IPAddress], ResolutionError>? in
        if case .given(let result) = state { return result }
        state = .open(continuation)
        return nil
      }
      if let result { continuation.resume(returning: result) }
    }
  }
}
