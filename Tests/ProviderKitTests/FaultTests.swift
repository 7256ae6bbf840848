import Foundation
import Testing

@testable import ProviderKit

/// A fault, and what it comes to from outside.
struct FaultCase: Sendable, CustomTestStringConvertible {
  var fault: Fault
  /// Whether there is a task.
  var takes = false
  /// `nil` if no answer comes.
  var status: Int?
  var end = RawAnswer.End.closed
  var field: [String: String] = [:]
  /// A part of the body.
  var body = ""

  var testDescription: String { "\(fault)" }

  /// Faults that end by themselves.
  static let all: [FaultCase] = refusals + answers + ends

  static let refusals: [FaultCase] = [
    FaultCase(fault: .status(418), status: 418, field: ["Content-Length": "0"]),
    FaultCase(
      fault: .status(400, body: "{}", headers: [("X-A", "b")]), status: 400,
      field: ["X-A": "b", "Content-Type": "application/json"], body: "{}"),
    FaultCase(
      fault: .badRequest(), status: 400,
      body: #"{"invalid_params":[{"name":"prompt","reason":"too long"}],"message":"Validation error"}"#),
    FaultCase(
      fault: .badRequest("No", parameters: [("seed", "big"), ("x", "?")], naming: .field, isWrapped: true),
      status: 400,
      body: #"{"problem":{"invalid_params":[{"field":"seed","reason":"big"},{"field":"x","reason":"?"}]"#),
    FaultCase(fault: .unauthorized, status: 401, body: #"{"message":"Invalid API key"}"#),
    FaultCase(fault: .paymentRequired, status: 402, body: "message"),
    FaultCase(fault: .forbidden, status: 403, body: "message"),
    FaultCase(fault: .notFound, status: 404, body: "message"),
    FaultCase(fault: .requestTimeout, status: 408, body: "message"),
    FaultCase(fault: .tooManyRequests(), status: 429, body: "message"),
    FaultCase(fault: .tooManyRequests(retryAfter: "7"), status: 429, field: ["Retry-After": "7"]),
    FaultCase(fault: .internalServerError, status: 500, body: "message"),
    FaultCase(fault: .serviceUnavailable(), status: 503, body: "message"),
    FaultCase(fault: .serviceUnavailable(retryAfter: "7"), status: 503, field: ["Retry-After": "7"]),
    FaultCase(
      fault: .redirect(307, to: "/x"), status: 307, field: ["Location": "/x", "Content-Length": "0"]),
  ]

  static let answers: [FaultCase] = [
    FaultCase(fault: .nonJSON, status: 200, field: ["Content-Type": "text/html"], body: "<!doctype html>"),
    FaultCase(fault: .empty, status: 200, field: ["Content-Length": "0"]),
    FaultCase(fault: .withoutTaskID, status: 200, body: #"{"status": "CREATED""#),
    FaultCase(fault: .huge(bytes: 1 << 20), status: 200, body: #"x","data":"#),
    FaultCase(fault: .slowHead(by: .milliseconds(2)), takes: true, status: 200, body: "task_id"),
    FaultCase(
      fault: .slowHead(by: .milliseconds(2), then: .internalServerError), status: 500, body: "message"),
    FaultCase(fault: .slowHead(by: .milliseconds(2), then: .resetAfterTaking), takes: true, end: .reset),
    FaultCase(
      fault: .dripping(bytes: 7, every: .microseconds(10)), takes: true, status: 200, body: "task_id"),
    FaultCase(
      fault: .dripping(every: .zero, then: .notFound), status: 404, body: #"{"message":"Not found"}"#),
    FaultCase(fault: .dripping(bytes: 99, every: .zero, then: .huge(bytes: 999)), status: 200, body: "null}"),
    FaultCase(fault: .dripping(every: .zero, then: .closeAfterTaking), takes: true),
  ]

  static let ends: [FaultCase] = [
    FaultCase(fault: .resetBeforeReading, end: .reset),
    FaultCase(fault: .resetDuringRequest, end: .reset),
    FaultCase(fault: .resetAfterTaking, takes: true, end: .reset),
    FaultCase(
      fault: .resetInAnswer, takes: true, status: 200, end: .reset, body: #"{"data":{"generated":[]"#),
    FaultCase(fault: .closeAfterTaking, takes: true),
  ]
}

/// Every fault as a client sees it, and whether it leaves a task.
@Suite(.timeLimit(.minutes(1))) struct FaultTests {
  @Test(arguments: FaultCase.all)
  func strikesAsItSays(expected: FaultCase) async throws {
    #expect(expected.fault.takesJob == expected.takes)
    try await strikes(expected, .init(plan: { _ in expected.fault }))
  }

  @Test(arguments: FaultCase.all)
  func strikesAsItSaysWhenItIsPlannedAtTheHead(expected: FaultCase) async throws {
    try await strikes(expected, .init(planAtHead: { _ in expected.fault }))
  }

  @Test(arguments: FaultCase.all)
  func strikesAfterTheJobWasTaken(expected: FaultCase) async throws {
    var expected = expected
    expected.fault = .takingThen(expected.fault)
    expected.takes = true
    if expected.body == "null}" { expected.body = #""status":"CREATED","task_id":"# }
    try await strikes(expected, .init(plan: { [fault = expected.fault] _ in fault }))
  }

  private func strikes(_ expected: FaultCase, _ options: ProviderSimulator.Options) async throws {
    try await withProvider(options) { provider in
      let answer = try await provider.submit()
      #expect(answer.status == expected.status)
      #expect(answer.end == expected.end)
      #expect(answer.body.contains(expected.body) || expected.body.isEmpty)
      for (name, value) in expected.field { #expect(answer[name] == value) }
      #expect(provider.accepted.count == (expected.takes ? 1 : 0))
      let call = try #require(provider.calls.first)
      #expect(call.fault == expected.fault)
      #expect(call.status == expected.status)
      #expect(call.taskID == provider.accepted.first?.taskID)
    }
  }

  @Test func whatWouldNotBeTakenIsRefusedInsteadOfTaken() async throws {
    try await withProvider(.init(plan: { _ in .takingThen(.internalServerError) })) { provider in
      let statuses = [try await provider.submit(key: "wrong").status, try await provider.submit("[]").status]
      #expect(statuses == [401, 400])
      #expect(provider.accepted.isEmpty)
      #expect(provider.calls.allSatisfy { $0.fault == nil })
      let answer = try await provider.submit()
      #expect(answer.status == 500)
      #expect(provider.accepted.count == 1)
    }
  }

  @Test func faultsOfTasksHoldNothingUp() async throws {
    let plan: @Sendable (PlannedCall) -> Fault? = {
      $0.kind == .task && $0.repetition % 2 == 0
        ? [.internalServerError, .resetInAnswer][$0.number % 4 / 2] : nil
    }
    try await withProvider(.init(pollsUntilDone: 1, plan: plan)) { provider in
      _ = try await provider.submit()
      let id = try #require(provider.accepted.first?.taskID)
      #expect(try await provider.status(of: id) == nil)
      #expect(try await provider.status(of: id) == "CREATED")
      #expect(try await provider.get("\(ProviderSimulator.api)/\(id)").end == .reset)
      #expect(try await provider.status(of: id) == "COMPLETED")
    }
  }

  @Test func aPlanKnowsRepetitions() async throws {
    let options = ProviderSimulator.Options(plan: {
      $0.repetition == 0 && $0.kind == .submit ? .tooManyRequests() : nil
    })
    try await withProvider(options) { provider in
      var statuses: [Int?] = []
      for body in [#"{"seed":1}"#, #"{"seed":2}"#, #"{"seed":1}"#, #"{"seed":2}"#] {
        statuses.append(try await provider.submit(body).status)
      }
      #expect(statuses == [429, 429, 200, 200])
    }
  }
}
