import Foundation
import Testing

@testable import ProviderKit

/// The API where nothing goes wrong, and what it refuses by itself.
@Suite(.timeLimit(.minutes(1))) struct APITests {
  private static let api = ProviderSimulator.api

  @Test func aJobBecomesATaskAndIsDone() async throws {
    let options = ProviderSimulator.Options { _ in ["/r.mp4", "https://cdn.test/x"] }
    try await withProvider(options) { provider in
      let answer = try await provider.submit()
      #expect(answer.status == 200)
      #expect(answer["Content-Type"] == "application/json")
      let job = try #require(provider.accepted.first)
      #expect(answer.json == ["data": ["task_id": job.taskID, "status": "CREATED", "generated": [String]()]])
      #expect(job.number == 0)
      #expect(job.key == "test-key")
      #expect(job.body == Data(#"{"prompt":"a"}"#.utf8))

      #expect(try await provider.status(of: job.taskID) == "CREATED")
      #expect(try await provider.status(of: job.taskID) == "IN_PROGRESS")
      let task = try await provider.get("\(Self.api)/\(job.taskID)")
      let generated = [provider.url("/r.mp4"), "https://cdn.test/x"]
      #expect(
        task.json == ["data": ["task_id": job.taskID, "status": "COMPLETED", "generated": generated]])

      let other = try await provider.submit(#"{"prompt":"b"}"#)
      #expect(other.status == 200)
      #expect(provider.accepted.map(\.number) == [0, 1])
      let list = try await provider.get(Self.api)
      let entries = provider.accepted.map(\.taskID).enumerated().map {
        ["task_id": $1, "status": $0 == 0 ? "COMPLETED" : "CREATED"]
      }
      #expect(list.json == ["data": entries])
      #expect(provider.calls.map(\.kind) == [.submit, .task, .task, .task, .submit, .list])
      #expect(provider.calls.map(\.number) == [0, 0, 1, 2, 1, 0])
      #expect(provider.calls.allSatisfy { $0.isWhole && $0.status == 200 && $0.fault == nil })
      #expect(provider.calls[0]["content-type"] == "application/json")
      #expect(
        provider.calls.map(\.taskID) == [
          job.taskID, job.taskID, job.taskID, job.taskID, provider.accepted[1].taskID, nil,
        ])
    }
  }

  @Test func tasksAreDrivenByHand() async throws {
    let options = ProviderSimulator.Options(pollsUntilDone: 0, generatesObjects: true)
    try await withProvider(options) { provider in
      _ = try await provider.submit()
      let id = try #require(provider.accepted.first?.taskID)
      let done = try await provider.get("\(Self.api)/\(id)")
      let file = ["url": provider.url("/results/\(id).mp4")]
      #expect(done.json == ["data": ["task_id": id, "status": "COMPLETED", "generated": [file]]])
      provider.setTaskStatus(id, "FAILED")
      #expect(try await provider.status(of: id) == "FAILED")
      provider.finish(task: id)
      #expect(try await provider.get("\(Self.api)/\(id)").json == done.json)
      provider.finish(task: "of-somebody-else", generated: [])
      #expect(try await provider.status(of: "of-somebody-else") == "COMPLETED")
      #expect(provider.accepted.count == 1)
    }
  }

  @Test func whatIsRefusedMakesNoTask() async throws {
    try await withProvider(.init(keys: ["k"], keyHeader: "x-magnific-api-key")) { provider in
      #expect(provider.keyHeader == "x-magnific-api-key")
      #expect(try await provider.submit(key: "test-key").status == 401)
      #expect(try await provider.submit(key: nil).status == 401)
      #expect(try await provider.get(Self.api, key: "no").status == 401)
      for body in ["[]", "5", "", #"{"prompt":"#] {
        let answer = try await provider.submit(body, key: "k")
        #expect(answer.status == 400)
        let parameters = answer.json?["invalid_params"] as? [NSDictionary]
        #expect(parameters?.first?["name"] as? String == "body")
      }
      #expect(try await provider.get("\(Self.api)/none", key: "k").status == 404)
      #expect(try await provider.get("/v1/else", key: "k").status == 404)
      #expect(try await provider.exchange(provider.request("DELETE", Self.api, key: "k")).status == 405)
      #expect(provider.accepted.isEmpty)
      #expect(provider.calls.map(\.status) == [401, 401, 401, 400, 400, 400, 400, 404, 404, 405])
      #expect(provider.calls.suffix(2).map(\.kind) == [.other, .other])
      #expect(try await provider.submit(key: "k").status == 200)
    }
  }

  @Test func everyAnswerHasTheFieldsThatItShall() async throws {
    let options = ProviderSimulator.Options(
      headers: { call in
        ProviderSimulator.Options.rateLimit(limit: 10, remaining: 10 - call.number) + [("Retry-After", "9")]
      },
      plan: { $0.number == 1 ? .tooManyRequests(retryAfter: "3") : nil })
    try await withProvider(options) { provider in
      let first = try await provider.submit()
      #expect(first["x-ratelimit-limit"] == "10")
      #expect(first["x-ratelimit-remaining"] == "10")
      #expect(first["x-ratelimit-reset"] == nil)
      #expect(first["retry-after"] == "9")
      let second = try await provider.submit()
      #expect(second.status == 429)
      #expect(second["x-ratelimit-remaining"] == "9")
      #expect(second["retry-after"] == "3")
    }
  }

  @Test func oneConnectionCarriesManyCalls() async throws {
    try await withProvider { provider in
      let submit = provider.request("POST", Self.api, body: "{}")
      let kept = submit.replacingOccurrences(of: "Connection: close\r\n", with: "")
      let answer = try await provider.exchange(kept + kept + submit)
      #expect(answer.text.components(separatedBy: "HTTP/1.1 200 ").count == 4)
      #expect(provider.accepted.count == 3)
    }
  }

  @Test func waitingCanBeCancelled() async throws {
    try await withProvider { provider in
      let waiting = Task { try await provider.calls { !$0.isEmpty } }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      async let two = provider.calls { $0.count == 2 }
      for _ in 0..<2 { _ = try await provider.get(Self.api) }
      #expect(try await two.map(\.kind) == [.list, .list])
    }
  }
}
