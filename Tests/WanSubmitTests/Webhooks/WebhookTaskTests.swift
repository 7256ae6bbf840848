import JobDocuments
import Testing

@testable import WanSubmit

struct WebhookTaskTests {
  struct Payload: Sendable, CustomTestStringConvertible {
    var text: String
    var task: WanTask?
    var testDescription: String { text }

    init(_ text: String, _ task: WanTask?) {
      self.text = text
      self.task = task
    }
  }

  private static func task(
    _ status: String = "", _ generated: [String] = [], _ others: [String: DocumentValue] = [:]
  )
    -> WanTask
  {
    WanTask(id: "t", status: TaskStatus(rawValue: status), generated: generated, otherFields: others)
  }

  @Test(arguments: [
    Payload(#"{"task_id":"t","status":"COMPLETED","generated":["u","v"]}"#, task("COMPLETED", ["u", "v"])),
    Payload(#"{"data":{"task_id":"t","status":"FAILED","generated":[]}}"#, task("FAILED")),
    Payload(
      #"{"task_id":"t","data":{"task_id":"inner"}}"#,
      task("", [], ["data": .object(["task_id": .string("inner")])])),
    Payload(#"{"task_id":"t","generated":[{"url":"u","w":1},"v"]}"#, task("", ["u", "v"])),
    Payload(#"{"task_id":"t","generated":"u"}"#, task("", ["u"])),
    Payload(#"{"task_id":"t","generated":null}"#, task()),
    Payload(#"{"task_id":"t"}"#, task()),
    Payload("\u{FEFF}" + #"{"task_id":"t"}"#, task()),
    Payload(#" {"task_id":"t"} "# + "\r\n", task()),
    Payload(
      #"{"task_id":"t","generated":["u",5]}"#,
      task("", ["u"], ["generated": .array([.string("u"), .integer(5)])])),
    Payload(#"{"task_id":"t","status":7}"#, task("", [], ["status": .integer(7)])),
    Payload(#"{"task_id":"t","status":"PAUSED","eta":1.5}"#, task("PAUSED", [], ["eta": .number(1.5)])),
    Payload(#"{"task_id":""}"#, nil),
    Payload(#"{"task_id":5.5}"#, nil),
    Payload(#"{"task_id":true}"#, nil),
    Payload(#"{"task_id":null}"#, nil),
    Payload(#"{"task_id":null,"data":{"task_id":"t"}}"#, nil),
    Payload("{\"task_id\":\"\(String(repeating: "t", count: 4097))\"}", nil),
    Payload(#"{"data":[{"task_id":"t"}]}"#, nil),
    Payload(#"{"data":{"data":{"task_id":"t"}}}"#, nil),
    Payload(#"[{"task_id":"t"}]"#, nil),
    Payload(#""task_id""#, nil),
    Payload(#"{"task_id":"t""#, nil),
    Payload(#"{"task_id":"t"} {}"#, nil),
    Payload("<html>", nil),
    Payload("", nil),
    Payload(
      "{\"task_id\":\"t\",\"x\":\(String(repeating: "[", count: 63))\(String(repeating: "]", count: 63))}",
      deep),
    Payload(
      "{\"task_id\":\"t\",\"x\":\(String(repeating: "[", count: 64))\(String(repeating: "]", count: 64))}",
      nil),
    Payload("{\"task_id\":\"t\",\"x\":\(String(repeating: "[", count: 400_000))", nil),
    Payload(#"{"task_id":"t","x":"\"[[["}"#, task("", [], ["x": .string("\"[[[")])),
  ])
  func aTaskIsReadFromWhatCameWithIt(_ payload: Payload) throws {
    let delivery = WebhookDelivery(id: "d", timestamp: 0, body: Array(payload.text.utf8))
    if let task = payload.task {
      #expect(try delivery.task() == task)
    } else {
      #expect { try delivery.task() } throws: { ($0 as? WebhookProblem)?.code == .noTask }
    }
  }

  private static let deep: WanTask = {
    var value = DocumentValue.array([])
    for _ in 0..<62 { value = .array([value]) }
    return task("", [], ["x": value])
  }()

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], [0x7B, 0x00, 0x7D, 0x00],
      Array("{\"task_id\":\"".utf8) + [0xFF, 0x22, 0x7D],
    ] as [[UInt8]])
  func whatIsNotUTF8HasNoTask(_ body: [UInt8]) {
    let delivery = WebhookDelivery(id: "d", timestamp: 0, body: body)
    #expect(throws: WebhookProblem.self) { try delivery.task() }
  }
}
