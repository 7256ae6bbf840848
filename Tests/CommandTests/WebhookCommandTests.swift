import FixtureKit
import Foundation
import Testing

@testable import wan_check

/// The command `wan-check webhook verify`.
@Suite struct WebhookCommandTests {
  private static let body =
    #"{"task_id":"046b6c7f-0b8a-43b9-b35d-6489e6daee91","status":"COMPLETED","#
    + #""generated":["https://cdn.example.net/a.mp4?X-Amz-Signature=SECRETQ"]}"#
  private static let secret = "a plain-text secret"
  // printf '%s' "$id.$timestamp.$body" | openssl dgst -sha256 -hmac "$secret" -binary | base64
  private static let headers = """
    POST /hooks/wan HTTP/1.1\r
    Host: hooks.example.net\r
    Webhook-Id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W\r
    Webhook-Timestamp: 1700000000\r
    Webhook-Signature: v1,v4bUfK2Pwmj0NVELb3MZP8JpxX2PRQPkdA0buzwW5aI=\r
    \r

    """
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.body, to: "body")
    try folder.write(Self.headers, to: "headers")
    try folder.write("\n\(Self.secret)\n", to: "secret")
  }

  /// Runs the command with genuine data and the time 1700000012, unless `arguments` change them.
  private func verify(
    _ arguments: [String] = [], body: String? = body, secret: String? = nil, at: String = "1700000012"
  ) throws -> Program.Outcome {
    try Program.wanCheck.run(
      ["webhook", "verify", "--at", at] + (secret == nil ? ["--secret-file", "secret"] : []) + arguments,
      input: Data((body ?? "").utf8), environment: secret.map { ["WAN_CHECK_WEBHOOK_SECRET": $0] } ?? [:],
      in: folder.url)
  }

  private func object(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
  }

  @Test func theGenuineIsToldWithItsTask() throws {
    let outcome = try verify(["--headers", "headers"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.text == """
        genuine
          id       msg_2KWPBgLlAfxdpx2AI54pPJ85f4W
          time     1700000000, 2023-11-14T22:13:20Z, 12 s ago
          task     046b6c7f-0b8a-43b9-b35d-6489e6daee91
          status   COMPLETED
          results  1
            https://cdn.example.net/a.mp4?…

        """)
    #expect(try verify(["--headers", "headers", "--show-urls"]).text.contains("?X-Amz-Signature=SECRETQ"))
  }

  @Test func everyKeyOfTheJSONIsAlwaysThere() throws {
    let genuine = try object(try verify(["--headers", "headers", "--format", "json"]))
    let forged = try object(try verify(["--headers", "headers", "--format", "json"], body: "{}"))
    let keys: Set = ["genuine", "reason", "hint", "id", "timestamp", "task"]
    #expect(Set(genuine.keys) == keys && Set(forged.keys) == keys)
    #expect(genuine["genuine"] as? Bool == true)
    #expect(genuine["reason"] is NSNull && genuine["hint"] is NSNull)
    #expect(genuine["timestamp"] as? Int == 1_700_000_000)
    let task = try #require(genuine["task"] as? [String: Any])
    #expect(task["task_id"] as? String == "046b6c7f-0b8a-43b9-b35d-6489e6daee91")
    #expect(task["status"] as? String == "COMPLETED")
    #expect(task["generated"] as? [String] == ["https://cdn.example.net/a.mp4?…"])
    #expect(forged["genuine"] as? Bool == false)
    #expect((forged["reason"] as? [String: String])?["code"] == "wrong-signature")
    #expect(forged["task"] is NSNull)
    #expect(forged["id"] as? String == "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W")
  }

  @Test func theSecretMayComeFromTheEnvironmentWithOthers() throws {
    // This is the same key in another form: white space separates secrets in the variable.
    let digits = Self.secret.utf8.map { String(format: "%02x", $0) }.joined()
    #expect(try verify(["--headers", "headers"], secret: "another-one\n \(digits)").status == 0)
    #expect(try verify(["--headers", "headers"], secret: "another-one").status == 1)
    let base64 = "whsec_" + Data(Self.secret.utf8).base64EncodedString()
    #expect(try verify(["--headers", "headers"], secret: base64).status == 0)
  }

  @Test func everyFileOfSecretsCounts() throws {
    try folder.write("another one\r\nand one more", to: "others")
    #expect(try verify(["--headers", "headers", "--secret-file", "others"]).status == 0)
  }

  @Test func headersMayBeArguments() throws {
    let arguments = [
      "--header", "webhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", "--header", "WEBHOOK-TIMESTAMP:1700000000",
      "--header", "webhook-signature: v1,v4bUfK2Pwmj0NVELb3MZP8JpxX2PRQPkdA0buzwW5aI=", "--body", "body",
    ]
    #expect(try verify(arguments).status == 0)
    let twice = try verify(arguments + ["--headers", "headers"])
    #expect(twice.status == 1)
    #expect(twice.text.contains("[duplicate-header]"))
  }

  @Test func aHintNeverMakesItGenuine() throws {
    let outcome = try verify(["--headers", "headers"], body: Self.body + "\n")
    #expect(outcome.status == 1)
    #expect(outcome.text.hasPrefix("not genuine: "))
    #expect(outcome.text.contains("[wrong-signature]\n"))
    #expect(outcome.text.contains("the signature fits if the line end after the body is left out"))
    #expect(!outcome.text.contains("046b6c7f"))
  }

  @Test func theTimeIsJudgedAsAsked() throws {
    let late = try verify(["--headers", "headers"], at: "1700000301")
    #expect(late.status == 1)
    #expect(late.text.contains("dated 301 s ago; at most 300 s is accepted [too-old]"), "\(late.text)")
    #expect(late.text.contains("the signature fits: only the time is wrong"))
    #expect(try verify(["--headers", "headers", "--tolerance", "301"], at: "1700000301").status == 0)
    #expect(try verify(["--headers", "headers", "--tolerance", "0"], at: "1700000000").status == 0)
    #expect(try verify(["--headers", "headers", "--tolerance", "0"], at: "1700000001").status == 1)
    let now = try Program.wanCheck.run(
      ["webhook", "verify", "--headers", "headers", "--secret-file", "secret"], input: Data(Self.body.utf8),
      in: folder.url)
    #expect(now.status == 1)
    #expect(now.text.contains("[too-old]"))
  }

  @Test(arguments: [
    Call(arguments: [], status: 2, errors: "missing headers"),
    Call(arguments: ["--header", "webhook-id"], status: 2, errors: "NAME: VALUE"),
    Call(arguments: ["--header", "webhook-id : x"], status: 2, errors: "NAME: VALUE"),
    Call(arguments: ["--headers", "nowhere"], status: 2, errors: "nowhere cannot be read"),
    Call(arguments: ["--headers", "."], status: 2, errors: "cannot be read"),
    Call(arguments: ["--headers", "-"], status: 2, errors: "standard input"),
    Call(arguments: ["--headers", "body"], status: 2, errors: "line 1"),
    Call(
      arguments: ["--headers", "headers", "--body", "nowhere"], status: 2, errors: "nowhere cannot be read"),
    Call(arguments: ["--headers", "headers", "--secret-file", "nowhere"], status: 2, errors: "nowhere"),
    Call(arguments: ["--headers", "headers", "--secret-file", "empty"], status: 2, errors: "no secret"),
    Call(
      arguments: ["--headers", "headers", "--secret-file", "short"], status: 2,
      errors: "line 2: a secret must"
    ),
    Call(arguments: ["--headers", "headers", "--secret-file", "binary"], status: 2, errors: "UTF-8"),
    Call(
      arguments: ["--headers", "headers", "--body", "huge"], status: 2, errors: "longer than 1048576 bytes"),
    Call(arguments: ["--headers", "huge"], status: 2, errors: "longer than"),
    Call(arguments: ["--headers", "headers", "--tolerance", "-1"], status: 2, errors: "--tolerance"),
    Call(arguments: ["--headers", "headers", "--tolerance", "nan"], status: 2, errors: "--tolerance"),
    Call(arguments: ["--headers", "headers", "--format", "yaml"], status: 2, errors: "--format"),
    Call(arguments: ["--headers", "headers", "--secret", "x"], status: 2, errors: "--secret"),
    Call(arguments: ["--headers", "headers", "--body", "limit"], status: 1, output: "[wrong-signature]"),
  ])
  func wrongUsageIsToldApartFromForgeries(_ call: Call) throws {
    try folder.write("", to: "empty")
    try folder.write("\nSECRETX\n", to: "short")
    try folder.write(Data([0x73, 0xFF]), to: "binary")
    try folder.write(Data(repeating: 0x20, count: 1 << 20), to: "limit")
    try folder.write(Data(repeating: 0x20, count: 1 << 20 | 1), to: "huge")
    let outcome = try verify(call.arguments)
    #expect(outcome.status == call.status, "\(outcome.text)\(outcome.errors)")
    if let output = call.output { #expect(outcome.text.contains(output)) }
    if let errors = call.errors { #expect(outcome.errors.contains(errors), "\(outcome.errors)") }
    #expect(!outcome.errors.contains("SECRETX"))
  }

  @Test(arguments: ["", " \n", "short"])
  func withoutASecretNothingIsJudged(_ secret: String) throws {
    let outcome = try verify(["--headers", "headers"], secret: secret)
    #expect(outcome.status == 2)
    #expect(outcome.text.isEmpty)
    #expect(outcome.errors.contains("WAN_CHECK_WEBHOOK_SECRET"))
    #expect(!outcome.errors.contains("short"))
  }

  @Test(arguments: [["--at", "-1"], ["--at", "soon"], ["--at", "inf"]])
  func aTimeThatIsNoneIsWrongUsage(_ arguments: [String]) throws {
    let outcome = try Program.wanCheck.run(
      ["webhook", "verify", "--headers", "headers", "--secret-file", "secret"] + arguments, in: folder.url)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("--at"))
  }

  @Test(arguments: ["text", "json"])
  func nothingHostileReachesTheTerminal(format: String) throws {
    let hostile = "\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}"
    let outcomes = [
      try verify([
        "--header", "webhook-id: \(hostile)", "--header", "webhook-timestamp: 1", "--header",
        "webhook-signature: x", "--format", format,
      ]),
      try verify([
        "--header", "webhook-id: a", "--header", "webhook-timestamp: \(hostile)", "--header",
        "webhook-signature: x", "--format", format,
      ]),
      try verify(["--header", "\(hostile)-webhook-id: a", "--format", format]),
      try verify(["--headers", "\(hostile)", "--format", format]),
    ]
    for outcome in outcomes {
      #expect(outcome.status != 0)
      for text in [outcome.text, outcome.errors] {
        #expect(!text.contains { "\u{1B}\u{7}\u{9B}\u{202E}".contains($0) }, "\(text)")
      }
    }
  }

  @Test(arguments: ["text", "json"])
  func aGenuineBodyIsStillHostile(format: String) throws {
    // printf 'm.1700000000.%s' "$body" | openssl dgst -sha256 -hmac "$secret" -binary | base64
    let body =
      #"{"task_id":"t","status":"\u001b[31m\u202e","#
      + #""generated":["cdn.example.net/a?sig=SECRETQ","\u001b]0;x\u0007"]}"#
    let outcome = try verify(
      [
        "--header", "webhook-id: m", "--header", "webhook-timestamp: 1700000000",
        "--header", "webhook-signature: v1,mRQsxOw5qMgZHl13dafdVYvsUzLbo4unr6ctrpW0IhY=", "--format", format,
      ], body: body)
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.text.contains("cdn.example.net/a?…"))
    #expect(!outcome.text.contains("SECRETQ"))
    #expect(!outcome.text.contains { "\u{1B}\u{7}\u{202E}".contains($0) }, "\(outcome.text)")
  }

  @Test func aGenuineBodyNeedNotBeATask() throws {
    // printf 'm.1700000000.ping' | openssl dgst -sha256 -hmac "$secret" -binary | base64
    let outcome = try verify(
      [
        "--header", "webhook-id: m", "--header", "webhook-timestamp: 1700000000",
        "--header", "webhook-signature: v1,zmSYTHYZmkCmSPf8F76VCAvLDQg6iMPR7qwRpVHnpw8=",
      ], body: "ping")
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(outcome.text.contains("hint     the body is not JSON"))
  }

  @Test func aFIFOIsReadToItsEnd() throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script =
      "mkfifo f; (cat body > f) & \"$0\" webhook verify --at 1700000000 --secret-file secret --headers - --body f < headers"
    let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.hasPrefix("genuine\n"))
  }

  @Test(arguments: [("body", "0"), ("headers", "1")])
  func aClosedPipeDoesNotChangeTheExitCode(_ body: String, _ status: String) throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script =
      "{ sleep 0.3; \"$0\" webhook verify --at 1700000000 --secret-file secret --headers headers --body \(body); "
      + "echo $? > status; } | true; cat status"
    let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.text == "\(status)\n")
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
  }
}

struct HeaderLinesTests {
  /// A captured request, and the headers in it.
  struct Capture: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    /// The headers as `name=value`, joined by `|`; `nil` if the capture is refused.
    var fields: String?

    init(_ description: String, _ text: String, _ fields: String?) {
      testDescription = description
      self.text = text
      self.fields = fields
    }
  }

  @Test(arguments: [
    Capture("LF", "a: 1\nb: 2\n", "a= 1|b= 2"),
    Capture("CRLF", "a: 1\r\nb:2\r\n\r\n", "a= 1|b=2"),
    Capture("no line end", "a: 1", "a= 1"),
    Capture("a colon in the value", "a: b:c", "a= b:c"),
    Capture("a blank line ends it", "a: 1\n\nb: 2", "a= 1"),
    Capture("a request line", "POST http://h/ HTTP/1.1\na: 1", "a= 1"),
    Capture("a status line", "HTTP/2 200\na: 1", "a= 1"),
    Capture(
      "curl -v", "*   Trying 1.2.3.4:443...\n> POST / HTTP/2\n> a: 1\n> b: 2\n> \n* done\n< HTTP/2 200\n",
      "a= 1|b= 2"),
    Capture("curl -v, trimmed", "> POST / HTTP/2\n> a: 1\n>\n< c: 3", "a= 1"),
    Capture("a second request line", "a: 1\nPOST / HTTP/1.1", nil),
    Capture("a folded line", "a: 1\n b: 2", nil),
    Capture("no colon", "a", nil),
    Capture("no name", ": a", nil),
    Capture("white space in the name", "a b: c", nil),
    Capture("JSON", "{\"a\": 1}", nil),
    Capture("nothing", "", ""),
  ])
  func headersAreReadAsPeopleCaptureThem(_ capture: Capture) {
    let fields = try? HeaderLines.fields(in: Array(capture.text.utf8))
    #expect(fields.map { $0.map { "\($0.name)=\($0.value)" }.joined(separator: "|") } == capture.fields)
  }

  @Test func aProblemNamesItsLine() {
    #expect(throws: HeaderLines.Problem(line: 3, message: "a header must be `NAME: VALUE`")) {
      try HeaderLines.fields(in: Array("HTTP/1.1 200 OK\na: 1\nb".utf8))
    }
  }
}
