import Testing
import WanSubmit

struct APIKeyTests {
  @Test func whiteSpaceAroundAKeyIsNoPartOfIt() {
    #expect(APIKey(" FPSX-1 \n")?.digest == APIKey("FPSX-1")?.digest)
  }

  @Test(arguments: [
    "", " \n", "two words", "line\r\nx-other: 1", "ключ", String(repeating: "k", count: 4097),
  ])
  func whatNoHeaderCanCarryIsNoKey(_ text: String) {
    #expect(APIKey(text) == nil)
  }

  @Test func noDescriptionHoldsTheKey() throws {
    let key = try #require(APIKey("FPSX-secret"))
    var dumped = ""
    dump(key, to: &dumped)
    for shown in ["\(key)", String(reflecting: key), "\([key])", dumped] {
      #expect(!shown.contains("secret"))
    }
  }
}
