import FixtureKit
import Foundation
import Synchronization

/// A headless Chromium with one page, driven through its DevTools protocol over pipes.
final class Browser {
  /// The Chromium on the PATH; `nil` if there is none.
  static let program = Program(named: "chromium")

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var received = Data()
  private var session: String?
  private var lastID = 0
  /// What the page wrote to its console, the exceptions it threw, and what its policy blocked.
  private(set) var complaints: [String] = []

  /// Why the browser could not be started or controlled.
  struct Failure: Error {
    var message: String
  }

  /// A browser with its profile in `folder`.
  init(profile folder: URL) throws {
    guard let chromium = Self.program else { throw Failure(message: "there is no chromium") }
    process.executableURL = URL(filePath: "/bin/sh")
    let options = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--remote-debugging-pipe", "--user-data-dir=\(folder.path)", "about:blank",
    ]
    // The protocol uses file descriptors 3 and 4, and only a shell can assign those.
    process.arguments =
      ["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", chromium.executable.path] + options
    process.standardInput = input
    process.standardOutput = output
    try process.runWithoutBlockedSignals()
    // A browser that hangs must not hang the test.
    let process = process
    DispatchQueue.global().asyncAfter(deadline: .now() + 120) { if process.isRunning { process.terminate() } }
    let target = try result("Target.createTarget", ["url": "about:blank"])["targetId"] as? String ?? ""
    session =
      try result("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log"] { try result("\(domain).enable") }
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  /// Opens a file, and waits until it is loaded.
  func open(_ page: URL) throws {
    try result("Page.navigate", ["url": page.absoluteString])
    while try evaluate("document.readyState + location.protocol") as? String != "completefile:" {}
  }

  /// The value of a JavaScript expression; a promise is awaited.
  @discardableResult
  func evaluate(_ expression: String) throws -> Any? {
    let answer = try result(
      "Runtime.evaluate",
      ["expression": expression, "returnByValue": true, "awaitPromise": true, "userGesture": true])
    if let details = answer["exceptionDetails"] { throw Failure(message: "\(expression): \(details)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// The result of a DevTools command.
  @discardableResult
  func result(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try input.fileHandleForWriting.write(
      contentsOf: try JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let answer = try next()
      if answer["id"] as? Int == lastID {
        if let error = answer["error"] { throw Failure(message: "\(method): \(error)") }
        return answer["result"] as? [String: Any] ?? [:]
      }
      note(answer)
    }
  }

  private func note(_ event: [String: Any]) {
    let method = event["method"] as? String ?? ""
    guard
      [
        "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded",
        "Page.javascriptDialogOpening",
      ]
      .contains(method)
    else { return }
    complaints.append("\(method): \(event["params"] ?? "")")
  }

  private func next() throws -> [String: Any] {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = received[..<end]
        received = Data(received[(end + 1)...])
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      let piece = output.fileHandleForReading.availableData
      if piece.isEmpty { throw Failure(message: "the browser has gone") }
      received += piece
    }
  }
}
