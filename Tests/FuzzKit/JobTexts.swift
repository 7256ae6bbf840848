import Foundation
import JobDocuments
import MediaFacts
import WanCheck

/// Job files and configurations.
enum JobTexts {
  static let targets =
    JobDocumentFormat.allCases.map { format in
      FuzzTarget("job-\(format.rawValue)", longest: 8 << 10) { bytes throws(BrokenPromise) in
        try jobs(bytes, format)
        return true
      }
    } + [
      FuzzTarget("configuration", longest: 8 << 10) { bytes throws(BrokenPromise) in
        try configuration(bytes)
        return true
      }
    ]

  private static let bounds: DocumentBounds = {
    var bounds = DocumentBounds()
    bounds.documentBytes = 6 << 10
    bounds.lineBytes = 4 << 10
    bounds.values = 2000
    bounds.aliasedValues = 500
    return bounds
  }()

  private static func jobs(_ bytes: [UInt8], _ format: JobDocumentFormat) throws(BrokenPromise) {
    let records = try records(of: bytes, format, pieces: max(1, bytes.count))
    let inPieces = try self.records(of: bytes, format, pieces: Int(bytes.fingerprint % 13) + 1)
    try demand(
      records == inPieces && records.map { $0.body?.places ?? [] } == inPieces.map { $0.body?.places ?? [] },
      "other jobs, where the text comes in pieces")
    if format == .json { try valuesAreWhereTheyAreSaidToBe(bytes) }
    try demand(!records.isEmpty, "no job, and nothing that says so")
    let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    for (index, record) in records.enumerated() {
      try demand(record.index == index, "job \(index) has the number \(record.index)")
      try demand(record.body != nil || !record.problems.isEmpty, "a job of which nothing is known")
      for position in [record.position] + record.problems.map(\.position) {
        // A YAML text has line breaks of its own kind, too.
        try demand(
          position.line >= 1 && position.column >= 1 && position.line <= lines + bytes.count / 2,
          "a place outside of the file: \(position)")
      }
      for problem in record.problems {
        try demand(problem.message.isFitToShow, "a message that cannot be shown: \(problem.message)")
      }
      if record.problems.isEmpty, let body = record.body { try writtenAgain(body) }
      if index < 4 { try Judging.check(Job(record, file: "job.json", folder: "/srv/jobs")) }
    }
  }

  private static func records(
    of bytes: [UInt8], _ format: JobDocumentFormat, pieces: Int
  ) throws(BrokenPromise) -> [JobRecord] {
    var rest = bytes[...]
    var reader = JobDocumentReader<Never>(format: format, bounds: bounds) { () throws(Never) -> [UInt8] in
      defer { rest = rest.dropFirst(pieces) }
      return Array(rest.prefix(pieces))
    }
    var records: [JobRecord] = []
    while let record = reader.next() {
      records.append(record)
      try demand(records.count <= bytes.count + 1, "more jobs than bytes")
    }
    return records
  }

  /// What is sent is what was parsed: its text reads as the same values, by us and by others.
  private static func writtenAgain(_ body: DocumentValue) throws(BrokenPromise) {
    guard let text = try? body.jsonText() else { return }
    var wide = DocumentBounds()
    wide.nesting = bounds.nesting + 1
    // An array is one job an element, and an object with `job` an envelope, so the value is wrapped.
    var reader = JobDocumentReader(Array("{\"v\":\(text)}".utf8), format: .json, bounds: wide)
    guard let again = reader.next(), again.problems.isEmpty, let value = again.body?["v"] else {
      throw BrokenPromise("what would be sent cannot be read: \(text)")
    }
    try demand((try? value.jsonText()) == text, "what would be sent reads as something else: \(text)")
    // JSON bounds no number; Foundation does.
    guard value.fitsDoubles else { return }
    do {
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    } catch {
      throw BrokenPromise("other parsers do not read what would be sent as JSON: \(text)")
    }
  }

  /// The bytes of each value and key of JSON, read alone, are that value and that key.
  private static func valuesAreWhereTheyAreSaidToBe(_ bytes: [UInt8]) throws(BrokenPromise) {
    guard case .value(let value, let problems)? = try? JSONParser(bounds: bounds).elements(of: bytes).first,
      problems.isEmpty
    else { return }
    func check(_ range: Range<Int>, _ expected: DocumentValue) throws(BrokenPromise) {
      let isInside = range.lowerBound >= 0 && range.upperBound <= bytes.count
      try demand(isInside, "a value outside of the text: \(range)")
      let alone = try? JSONParser(bounds: bounds).value(of: Array(bytes[range]))
      try demand(alone == expected, "other bytes than those of the value: \(range)")
    }
    try check(value.bytes, value)
    for element in value.elements ?? [] { try check(element.bytes, element) }
    for member in value.members ?? [] {
      try check(member.keyBytes, .string(member.key))
      try check(member.value.bytes, member.value)
    }
  }

  private static func configuration(_ bytes: [UInt8]) throws(BrokenPromise) {
    let reading = ConfigurationFile.read(bytes, named: "wan-check.yml")
    for problem in reading.problems {
      try demand("\(problem)".isFitToShow, "a message that cannot be shown: \(problem)")
    }
    for ignored in reading.file.ignored {
      _ = ignored.value.path?.matches("shots/day 1/take.mp4")
      _ = ignored.value.expires?.isOver(at: 1.8e9)
    }
  }
}

extension DocumentValue {
  /// The places of this value and of all inside it, in order.
  fileprivate var places: [SourcePosition] {
    let inside: [SourcePosition] =
      switch content {
      case .array(let elements): elements.flatMap(\.places)
      case .object(let members): members.flatMap { [$0.keyPosition] + $0.value.places }
      default: []
      }
    return [position] + inside
  }

  /// Whether no number in it is beyond the range of a double.
  fileprivate var fitsDoubles: Bool {
    switch content {
    case .number(let number): number.doubleValue.isFinite
    case .array(let elements): elements.allSatisfy(\.fitsDoubles)
    case .object(let members): members.allSatisfy(\.value.fitsDoubles)
    case .null, .bool, .string: true
    }
  }
}
