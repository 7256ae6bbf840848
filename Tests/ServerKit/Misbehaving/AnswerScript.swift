import NIOCore

extension Answer {
  /// What is done to give this answer to `request`.
  func script(for request: RequestHead) -> Script {
    let selection = selection(for: request)
    let head = head(selection, isLast: closes || !request.asksToKeepAlive)
    var steps: [Script.Step] = latency > .zero ? [.pause(latency)] : []
    if case .interim(let status, let count, let pause) = excess {
      let interim: [Script.Step] = [.send(Self.interim(status)), .pause(pause)]
      steps +=
        count.map { Array(repeating: interim, count: max(0, $0)).flatMap(\.self) } ?? [.forever(interim)]
    }
    switch fault?.place {
    case .beforeHead: steps.append(.end(fault?.event ?? .close))
    case .inHead:
      steps.append(.send(head.getSlice(at: head.readerIndex, length: head.readableBytes / 2) ?? head))
      steps.append(.end(fault?.event ?? .close))
    case .inBody(let count):
      let rest = [.send(head)] + body(selection, of: request)
      steps += Script.breaking(rest, after: count, fault?.event ?? .close)
    case nil:
      steps.append(.send(head))
      if excess == .endlessFields {
        steps.append(.forever([.send(ByteBuffer(string: Self.filler(1 << 10)))]))
      }
      steps += body(selection, of: request)
      if closes || !request.asksToKeepAlive { steps.append(.end(.close)) }
    }
    return Script(steps: Script.marked(steps), status: selection.status)
  }

  /// Whether the connection ends with this answer, by choice or because nothing else can end the answer.
  private var closes: Bool {
    switch framing {
    case .length, .chunked(_, ending: .complete): !keepsAlive || content.isEndless
    case .declared, .untilClose, .chunked: true
    }
  }

  private func selection(for request: RequestHead) -> RangeSelection {
    let whole = RangeSelection(status: status, range: 0..<content.bytes.readableBytes, contentRange: nil)
    guard status == 200, !content.isEndless, request.method == "GET" || request.method == "HEAD",
      let range = request["Range"], matchesIfRange(request), ranges != .ignored
    else { return whole }
    return ranges.selection(ByteRangeRequest(range), total: content.bytes.readableBytes)
  }

  private func matchesIfRange(_ request: RequestHead) -> Bool {
    guard comparesIfRange, let condition = request["If-Range"] else { return true }
    // Weak tags never match (RFC 9110, 13.1.5).
    return !condition.hasPrefix("W/") && (condition == content.entityTag || condition == content.lastModified)
  }

  // MARK: Head

  private func head(_ selection: RangeSelection, isLast: Bool) -> ByteBuffer {
    var fields: [HeaderField] = []
    func add(_ name: String, _ value: String?) {
      if let value { fields.append(HeaderField(name, value)) }
    }
    add("Content-Type", content.type)
    add("ETag", content.entityTag)
    add("Last-Modified", content.lastModified)
    add("Content-Encoding", content.encoding)
    add("Accept-Ranges", ranges == .ignored ? nil : "bytes")
    add("Content-Range", selection.contentRange)
    switch framing {
    case .length where !content.isEndless && Self.mayHaveBody(selection.status):
      add("Content-Length", "\(selection.range.count)")
    case .declared(let length): add("Content-Length", "\(length)")
    case .chunked: add("Transfer-Encoding", "chunked")
    case .length, .untilClose: break
    }
    fields += self.fields
    if isLast { add("Connection", "close") }

    var text = "HTTP/1.1 \(selection.status) \(reason ?? Self.reason(selection.status))\r\n"
    for field in fields { text += "\(field)\r\n" }
    switch excess {
    case .field(let bytes): text += Self.filler(bytes)
    case .fields(let bytes):
      for done in stride(from: 0, to: bytes, by: 1 << 10) { text += Self.filler(min(1 << 10, bytes - done)) }
    case .interim, .endlessFields, nil: break
    }
    // A head with fields without end never comes to its empty line.
    if excess != .endlessFields { text += "\r\n" }
    return ByteBuffer(string: text)
  }

  /// A line of about so many bytes.
  private static func filler(_ bytes: Int) -> String {
    let name = "X-Filler: "
    return name + String(repeating: "a", count: max(1, bytes - name.utf8.count - 2)) + "\r\n"
  }

  private static func interim(_ status: Int) -> ByteBuffer {
    ByteBuffer(string: "HTTP/1.1 \(status) \(reason(status))\r\n\r\n")
  }

  private static func mayHaveBody(_ status: Int) -> Bool { status >= 200 && status != 204 && status != 304 }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 100..<200: "Wait"
    case 200: "OK"
    case 206: "Partial Content"
    case 300..<400: "Elsewhere"
    default: "Status"
    }
  }

  // MARK: Body

  private func body(_ selection: RangeSelection, of request: RequestHead) -> [Script.Step] {
    guard request.method != "HEAD", Self.mayHaveBody(selection.status) else { return [] }
    let start = content.bytes.readerIndex + selection.range.lowerBound
    let bytes = content.bytes.getSlice(at: start, length: selection.range.count) ?? ByteBuffer()
    var steps = chunks(of: bytes).flatMap(framed)
    if content.isEndless {
      steps.append(.forever(chunks(of: ByteBuffer(repeating: 0, count: 64 << 10)).flatMap(framed)))
    }
    if case .chunked(_, let ending) = framing {
      switch ending {
      case .complete: steps.append(.send(ByteBuffer(string: "0\r\n\r\n")))
      case .unfinished: break
      case .malformed(let size):
        // The first chunk stays, whatever follows gives way.
        steps = steps.prefix(3) + [.send(ByteBuffer(string: "\(size)\r\n"))]
      }
    }
    return steps
  }

  private func chunks(of bytes: ByteBuffer) -> [ByteBuffer] {
    guard case .chunked(let size, _) = framing else { return bytes.readableBytes > 0 ? [bytes] : [] }
    var rest = bytes
    var chunks: [ByteBuffer] = []
    while rest.readableBytes > 0, let chunk = rest.readSlice(length: min(max(1, size), rest.readableBytes)) {
      chunks.append(chunk)
    }
    return chunks
  }

  private func framed(_ chunk: ByteBuffer) -> [Script.Step] {
    guard case .chunked = framing else { return [.body(chunk, pace)] }
    let size = String(chunk.readableBytes, radix: 16)
    return [.send(ByteBuffer(string: "\(size)\r\n")), .body(chunk, pace), .send(ByteBuffer(string: "\r\n"))]
  }
}
