import Testing

@testable import WanSubmit

/// Whatever a provider calls a task is one segment of a path.
struct TaskPathTests {
  @Test(arguments: [
    ("046b6c7f-0b8a-43b9-b35d-6489e6daee91", "046b6c7f-0b8a-43b9-b35d-6489e6daee91"), ("a/b", "a%2Fb"),
    (".", "%2E"), ("..", "%2E%2E"), ("...", "..."), ("a?b#c", "a%3Fb%23c"), ("a%2Fb", "a%252Fb"),
    ("é", "%C3%A9"), ("a b\u{1B}", "a%20b%1B"), ("a\\b;c", "a%5Cb%3Bc"),
  ])
  func cannotLeadElsewhere(_ id: String, _ segment: String) async throws {
    #expect(URLPathForm.segment(id) == segment)
    let provider = ScriptedProvider([.answer(404)])
    let client = try WanClient.scripted(provider)
    _ = try? await client.task(id: id)
    #expect(provider.requests.map(\.path) == ["\(ProviderBase.endpoint)/\(segment)"])
  }

  @Test func adviceComesWithTheStatus() {
    #expect(ProviderError(status: 401, message: "x").description.contains("check the API key"))
    #expect(ProviderError(status: 402, message: "x").description.contains("credits"))
    #expect(ProviderError(status: 403, message: "x").description == "403: x")
  }

  @Test(arguments: [
    (Duration.seconds(0), "try again in 1 s, after 2026-11-23 00:00:01 UTC"),
    (.seconds(300), "try again in 5 min, after 2026-11-23 00:05:00 UTC"),
    (.seconds(7200), "try again in 2 h, after 2026-11-23 02:00:00 UTC"),
    (.seconds(1e15), "after 9999-12-31 23:59:59 UTC"),
  ])
  func aPauseHasAnEnd(_ pause: Duration, _ words: String) {
    #expect(RetryAdvice.words(after: pause, now: 1_795_392_000).hasSuffix(words))
  }
}
