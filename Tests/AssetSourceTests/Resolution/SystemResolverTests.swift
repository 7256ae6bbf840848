import Testing

@testable import AssetSource

@Suite struct SystemResolverTests {
  @Test(arguments: [
    ("cdn.example.net", "cdn.example.net."), ("cdn.example.net.", "cdn.example.net."), ("cdn", "cdn"),
  ])
  func aStrangersNameIsComplete(_ name: String, _ question: String) {
    #expect(SystemResolver(asksDNSAlone: true).question(for: name) == question)
    #expect(SystemResolver().question(for: name) == name)
  }
}
