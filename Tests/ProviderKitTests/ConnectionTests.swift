import Foundation
import NIOCore
import Testing

@testable import ProviderKit

/// What needs two hands on the connection: half a request, an answer without end, clients that go away.
@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
  private static let head =
    "POST \(ProviderSimulator.api) HTTP/1.1\r\nHost: x\r\nx-freepik-api-key: test-key\r\nContent-Length: 100\r\n\r\n"

  @Test(arguments: [(Fault.resetBeforeReading, head), (.resetDuringRequest, head + "{")])
  func aResetNeedNotWaitForTheBody(fault: Fault, text: String) async throws {
    try await withProvider(.init(planAtHead: { _ in fault })) { provider in
      let answer = try await provider.exchange(text)
      #expect(answer.end == .reset)
      #expect(answer.text == "")
      let call = try #require(provider.calls.first)
      #expect(call.fault == fault)
      #expect(!call.isWhole)
      #expect(provider.accepted.isEmpty)
    }
  }

  @Test(arguments: [
    Fault.hang, .takingThen(.hang), .slowHead(by: .seconds(3600)), .endless, .takingThen(.endless),
  ])
  func anAnswerLastsUntilTheClientHangsUp(fault: Fault) async throws {
    try await withProvider(.init(plan: { $0.number == 0 ? fault : nil })) { provider in
      try await provider.connect().executeThenClose { inbound, outbound in
        try await outbound.write(
          ByteBuffer(string: provider.request("POST", ProviderSimulator.api, body: "{}")))
        try await provider.calls { $0.first?.fault == fault }
        guard fault.effect == Fault.endless.effect else { return }
        var received = 0
        for try await bytes in inbound {
          received += bytes.readableBytes
          if received > 1 << 20 { break }
        }
        #expect(received > 1 << 20)
      }
      try await provider.untilNobodyIsConnected()
      #expect(provider.accepted.count == (fault.takesJob ? 1 : 0))
      #expect(try await provider.submit().status == 200)
    }
  }

  @Test(arguments: [Fault.hang, .slowHead(by: .seconds(3600)), .dripping(every: .seconds(3600)), .endless])
  func shutdownEndsEveryAnswer(fault: Fault) async throws {
    let provider = try await ProviderSimulator.start(.init(plan: { _ in fault }))
    let clients = (0..<3).map { _ in Task { try await provider.submit() } }
    try await provider.calls { $0.count == 3 && $0.allSatisfy { $0.fault == fault } }
    await provider.shutdown()
    for client in clients { _ = await client.result }
    await #expect(throws: (any Error).self) { try await provider.submit() }
  }

  @Test func aJobIsTakenBeforeItsLatency() async throws {
    let provider = try await ProviderSimulator.start(.init(latency: { _ in .seconds(3600) }))
    let client = Task { try await provider.submit() }
    try await provider.calls { $0.first?.taskID != nil }
    #expect(provider.accepted.count == 1)
    await provider.shutdown()
    let answer = try? await client.value
    #expect(answer?.status == nil)
  }

  @Test func shutdownWithIdleConnections() async throws {
    let provider = try await ProviderSimulator.start()
    try await provider.connect().executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
      var bytes = inbound.makeAsyncIterator()
      #expect(try await bytes.next() != nil)
      await provider.shutdown()
      #expect(try await bytes.next() == nil)
    }
  }

  @Test(arguments: ["", "POST /v1", head, head + "{", head + #"{"prompt":"a"}"#])
  func clientsThatDieDisturbNobody(text: String) async throws {
    try await withProvider { provider in
      for number in 0..<60 {
        let connection = try await provider.connect()
        try await connection.executeThenClose { _, outbound in
          if !text.isEmpty { try await outbound.write(ByteBuffer(string: text)) }
          // Every other one dies after what it sent has arrived.
          if number % 2 == 0, text.hasPrefix(Self.head) {
            try await provider.calls { $0.count > number / 2 }
          }
        }
      }
      try await provider.untilNobodyIsConnected()
      #expect(provider.accepted.isEmpty)
      #expect(provider.calls.allSatisfy { !$0.isWhole })
      #expect(try await provider.submit().status == 200)
    }
  }

  @Test func whatIsNoRequestIsAnsweredAsSuch() async throws {
    try await withProvider { provider in
      let answer = try await provider.exchange("nonsense\r\n\r\n")
      #expect(answer.status == 400)
      #expect(provider.calls.isEmpty)
      #expect(try await provider.submit().status == 200)
    }
  }

  @Test func manyClientsAtOnceGetEachTheirOwn() async throws {
    let faults: [Fault?] = [
      nil, .resetAfterTaking, .resetDuringRequest, .tooManyRequests(), .takingThen(.empty),
    ]
    let plan: @Sendable (PlannedCall) -> Fault? = {
      faults[(Int(String(decoding: $0.body.suffix(3).prefix(2), as: UTF8.self)) ?? 0) % 5]
    }
    try await withProvider(.init(plan: plan)) { provider in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for client in 0..<20 {
          group.addTask {
            for job in 0..<25 {
              let number = client * 25 + job
              _ = try await provider.submit(#"{"seed":\#(number + 1000)}"#)
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(provider.calls.count == 500)
      let taken = Set(provider.accepted.map { String(decoding: $0.body, as: UTF8.self) })
      let expected = (0..<500).filter { [0, 1, 4].contains($0 % 100 % 5) }.map { #"{"seed":\#($0 + 1000)}"# }
      #expect(provider.accepted.count == expected.count)
      #expect(taken == Set(expected))
      #expect(Set(provider.accepted.map(\.taskID)).count == expected.count)
    }
  }
}
