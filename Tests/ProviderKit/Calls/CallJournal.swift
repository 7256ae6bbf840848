import Foundation
import Synchronization

/// Everything that the simulator remembers, and those who wait for something to happen.
final class CallJournal: Sendable {
  private struct Waiter {
    var condition: @Sendable ([ProviderCall]) -> Bool
    var continuation: CheckedContinuation<[ProviderCall], any Error>
  }

  /// What makes a call the repetition of another.
  private struct Subject: Hashable {
    var kind: ProviderCall.Kind
    var body: Data
    var taskID: String?
  }

  private struct State {
    var calls: [ProviderCall] = []
    var accepted: [AcceptedJob] = []
    var counts: [ProviderCall.Kind: Int] = [:]
    var repetitions: [Subject: Int] = [:]
    var tasks: TaskBook
    var baseURL = ""
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  private let options: ProviderSimulator.Options
  private let state: Mutex<State>

  init(_ options: ProviderSimulator.Options) {
    self.options = options
    state = Mutex(State(tasks: TaskBook(pollsUntilDone: options.pollsUntilDone)))
  }

  var calls: [ProviderCall] { state.withLock { $0.calls } }
  var accepted: [AcceptedJob] { state.withLock { $0.accepted } }
  var baseURL: String {
    get { state.withLock { $0.baseURL } }
    set { state.withLock { $0.baseURL = newValue } }
  }

  /// Notes a call whose head is there; returns its place in the journal.
  func began(
    _ endpoint: Endpoint, method: String, path: String, fields: [ProviderCall.Field]
  ) -> (index: Int, call: PlannedCall) {
    change { state in
      let number = state.counts[endpoint.kind, default: 0]
      state.counts[endpoint.kind] = number + 1
      var call = ProviderCall(
        kind: endpoint.kind, number: number, method: method, path: path, fields: fields)
      call.taskID = endpoint.taskID
      state.calls.append(call)
      let planned = PlannedCall(kind: endpoint.kind, number: number, taskID: endpoint.taskID)
      return (state.calls.count - 1, planned)
    }
  }

  /// Notes that the rest of a call is there.
  func arrived(_ index: Int, body: Data) -> PlannedCall {
    change { state in
      state.calls[index].body = body
      state.calls[index].isWhole = true
      let call = state.calls[index]
      let subject = Subject(kind: call.kind, body: body, taskID: call.taskID)
      let repetition = state.repetitions[subject, default: 0]
      state.repetitions[subject] = repetition + 1
      return PlannedCall(
        kind: call.kind, number: call.number, body: body, repetition: repetition, taskID: call.taskID)
    }
  }

  /// Notes that a fault struck before the rest of a call was there.
  func struck(_ index: Int, _ fault: Fault) { change { $0.calls[index].fault = fault } }

  /// Decides a call that is there: takes its job, or does not.
  ///
  /// - Returns: the usual answer, and the fault that remains; there is no usual answer where a job would be taken and is
  ///   not.
  func settle(_ index: Int, _ endpoint: Endpoint, _ planned: Fault?) -> (Wire.Answer?, Fault?) {
    change { state in
      var fault = planned
      let answer: Wire.Answer?
      if let refusal = refusal(state, index, endpoint) {
        answer = refusal
        if endpoint == .submit, fault?.takesJob == true { fault = nil }
      } else if endpoint == .submit {
        answer = fault?.takesJob == false ? nil : take(&state, index)
      } else if let id = endpoint.taskID {
        answer = Wire.answer(task(id, in: state))
        if fault?.bringsUsualAnswer ?? true { state.tasks.poll(id) }
      } else {
        answer = Wire.answer(
          state.tasks.ids.map { Wire.Entry(id: $0, status: state.tasks.status(of: $0) ?? "") })
      }
      state.calls[index].fault = fault
      state.calls[index].status = Self.status(answer, fault)
      return (answer, fault)
    }
  }

  /// Sets the answer about a task.
  func set(_ id: String, status: String, generated: [String]) {
    change { $0.tasks.set(id, status: status, generated: generated) }
  }

  /// What is refused whatever was planned for those who do better.
  private func refusal(_ state: State, _ index: Int, _ endpoint: Endpoint) -> Wire.Answer? {
    let call = state.calls[index]
    if endpoint == .nothing { return Wire.refusal(404, "Not found") }
    if endpoint == .wrongMethod { return Wire.refusal(405, "Method not allowed") }
    guard let key = call[options.keyHeader], options.keys.contains(key) else {
      return Wire.refusal(401, "Invalid API key")
    }
    if endpoint == .submit, !Wire.isObject(call.body) {
      return Wire.refusal(
        400, "Validation error", parameters: [.init(.name, "body", "must be a JSON object")])
    }
    if let id = endpoint.taskID, state.tasks.status(of: id) == nil {
      return Wire.refusal(404, "Task not found")
    }
    return nil
  }

  private func take(_ state: inout State, _ index: Int) -> Wire.Answer {
    let call = state.calls[index]
    let number = state.accepted.count
    let digits = String(number, radix: 16)
    let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    state.accepted.append(
      AcceptedJob(number: number, taskID: id, body: call.body, key: call[options.keyHeader] ?? ""))
    state.tasks.make(id)
    state.calls[index].taskID = id
    return Wire.answer(Wire.Task(id: id, status: "CREATED", generated: []))
  }

  private func task(_ id: String, in state: State) -> Wire.Task {
    let status = state.tasks.status(of: id) ?? ""
    let made = status == "COMPLETED" ? options.results(id) : []
    let generated = (state.tasks.generatedByHand(of: id) ?? made).map {
      let url = $0.hasPrefix("/") ? state.baseURL + $0 : $0
      return options.generatesObjects ? Wire.Result.object(url) : .text(url)
    }
    return Wire.Task(id: id, status: status, generated: generated)
  }

  private static func status(_ answer: Wire.Answer?, _ fault: Fault?) -> Int? {
    switch fault?.effect {
    case nil, .reset(.inAnswer): answer?.status
    case .answer(let faulty): faulty.body == .usual ? answer?.status : faulty.status
    case .reset, .close, .hang: nil
    }
  }
}

extension CallJournal {
  /// Returns as soon as `condition` holds.
  func calls(when condition: @escaping @Sendable ([ProviderCall]) -> Bool) async throws -> [ProviderCall] {
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<[ProviderCall], any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if condition(state.calls) { return .success(state.calls) }
          state.waiters[number] = Waiter(condition: condition, continuation: continuation)
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  private func change<Value>(_ body: (inout State) -> Value) -> Value {
    var woken: [(CheckedContinuation<[ProviderCall], any Error>, [ProviderCall])] = []
    let value = state.withLock { state in
      let value = body(&state)
      let ready = state.waiters.filter { $0.value.condition(state.calls) }
      for number in ready.keys { state.waiters[number] = nil }
      woken = ready.values.map { ($0.continuation, state.calls) }
      return value
    }
    for (continuation, calls) in woken { continuation.resume(returning: calls) }
    return value
  }
}
