import Testing

@testable import ProviderKit

/// A request line, and what it asks for.
struct EndpointCase: Sendable, CustomTestStringConvertible {
  var method: String
  var target: String
  var endpoint: Endpoint

  var testDescription: String { "\(method) \(target)" }
}

/// What is told apart without a connection: endpoints, and how far tasks are.
@Suite struct EndpointTests {
  @Test(arguments: [
    EndpointCase(method: "POST", target: Endpoint.path, endpoint: .submit),
    EndpointCase(method: "POST", target: Endpoint.path + "?a=b", endpoint: .submit),
    EndpointCase(method: "GET", target: Endpoint.path, endpoint: .list),
    EndpointCase(method: "GET", target: Endpoint.path + "?page=2", endpoint: .list),
    EndpointCase(method: "GET", target: Endpoint.path + "/abc", endpoint: .task("abc")),
    EndpointCase(method: "GET", target: Endpoint.path + "/a%20b", endpoint: .task("a b")),
    EndpointCase(method: "PUT", target: Endpoint.path, endpoint: .wrongMethod),
    EndpointCase(method: "DELETE", target: Endpoint.path + "/abc", endpoint: .wrongMethod),
    EndpointCase(method: "GET", target: Endpoint.path + "/", endpoint: .nothing),
    EndpointCase(method: "GET", target: Endpoint.path + "/a/b", endpoint: .nothing),
    EndpointCase(method: "POST", target: "/v1/ai/image-to-video/wan-2-6", endpoint: .nothing),
    EndpointCase(method: "GET", target: Endpoint.path + "x", endpoint: .nothing),
    EndpointCase(method: "GET", target: "/a.png", endpoint: .media),
    EndpointCase(method: "GET", target: "/", endpoint: .media),
  ])
  func tellsApart(request: EndpointCase) {
    #expect(Endpoint(method: request.method, target: request.target) == request.endpoint)
  }

  @Test(arguments: [
    (0, ["COMPLETED", "COMPLETED"]),
    (1, ["CREATED", "COMPLETED", "COMPLETED"]),
    (3, ["CREATED", "IN_PROGRESS", "IN_PROGRESS", "COMPLETED"]),
  ])
  func tasksProceedAsTheyAreAskedFor(pollsUntilDone: Int, expected: [String]) {
    var tasks = TaskBook(pollsUntilDone: pollsUntilDone)
    tasks.make("a")
    var seen: [String?] = []
    for _ in expected {
      seen.append(tasks.status(of: "a"))
      tasks.poll("a")
    }
    #expect(seen == expected)
    #expect(tasks.status(of: "b") == nil)
    tasks.set("a", status: "PAUSED", generated: [])
    tasks.set("b", status: "FAILED", generated: ["x"])
    #expect(tasks.ids.map { tasks.status(of: $0) } == ["PAUSED", "FAILED"])
    #expect(tasks.generatedByHand(of: "b") == ["x"])
  }
}
