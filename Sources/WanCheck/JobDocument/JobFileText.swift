package import JobDocuments

/// The text of a job file with its jobs, in which paths of assets can be replaced while all other bytes stay.
package struct JobFileText: Sendable {
  /// The jobs of the file.
  package let jobs: [Job]
  /// The bytes of the file.
  package let bytes: [UInt8]
  private let format: JobDocumentFormat
  private let bounds: DocumentBounds
  private let profile: Profile

  /// The jobs in `bytes`; relative paths in them start at `folder`.
  package init(
    _ bytes: [UInt8], format: JobDocumentFormat, file: String, folder: String, bounds: DocumentBounds,
    profile: Profile
  ) {
    var reader = JobDocumentReader(bytes, format: format, bounds: bounds)
    var jobs: [Job] = []
    while let record = reader.next() {
      jobs.append(Job(record, file: file, folder: folder, profile: profile))
    }
    (self.jobs, self.bytes, self.format) = (jobs, bytes, format)
    (self.bounds, self.profile) = (bounds, profile)
  }

  /// The bytes with other paths for assets; `paths` has an element for each job.
  ///
  /// The result is read again and compared with what it must say, so that no edit can change another value: an anchor
  /// of YAML, for example, may be used in several places.
  /// - Returns: `nil` if the paths cannot be replaced and everything else be kept.
  package func replacing(_ paths: [[Role: String]]) -> [UInt8]? {
    let lineStarts = lineStarts
    var edits: [Range<Int>: [UInt8]] = [:]
    for (job, paths) in zip(jobs, paths) {
      for (role, path) in paths {
        guard let value = job.value(role.meaning), let source = job.source,
          lineStarts.indices.contains(source.firstLine - 1),
          let text = try? DocumentValue.string(path).jsonText()
        else { return nil }
        let start = lineStarts[source.firstLine - 1]
        let range = start + value.bytes.lowerBound..<start + value.bytes.upperBound
        guard let edit = edit(of: range) else { return nil }
        let replacement = Array(text.utf8)
        guard edits[edit, default: replacement] == replacement else { return nil }
        edits[edit] = replacement
      }
    }
    var result: [UInt8] = []
    var position = 0
    for (range, replacement) in edits.sorted(by: { $0.key.lowerBound < $1.key.lowerBound }) {
      guard range.lowerBound >= position else { return nil }
      result += bytes[position..<range.lowerBound] + replacement
      position = range.upperBound
    }
    result += bytes[position...]
    let written = JobFileText(
      result, format: format, file: "", folder: "", bounds: bounds, profile: profile)
    guard written.jobs.count == jobs.count else { return nil }
    let isFaithful = zip(jobs, zip(paths, written.jobs)).allSatisfy { job, new in
      job.naming(new.0).body == new.1.body && job.id == new.1.id
        && job.problems.count == new.1.problems.count
    }
    return isFaithful ? result : nil
  }

  /// Where the lines begin; those of JSON Lines end with a line feed.
  private var lineStarts: [Int] {
    [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The part of a value that is replaced: in YAML, its anchor and its tag stay, and so does the white space after it.
  private func edit(of range: Range<Int>) -> Range<Int>? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    var value = bytes[range]
    while format == .yaml, let first = value.first, "&!".utf8.contains(first) {
      value = value.drop { !$0.isBlank }.drop(while: \.isBlank)
    }
    while let last = value.last, last.isBlank { value.removeLast() }
    return value.isEmpty ? nil : value.indices
  }
}

extension Job {
  /// The job with other paths for its assets.
  package func naming(_ paths: [Role: String]) -> Job {
    var texts: [Range<Int>: String] = [:]
    for (role, path) in paths {
      if let value = value(role.meaning), !value.bytes.isEmpty { texts[value.bytes] = path }
    }
    var job = self
    job.body = body?.replacing(texts)
    return job
  }
}

extension DocumentValue {
  /// The value with the strings replaced that are at these bytes; nesting is bounded by the parser.
  fileprivate func replacing(_ texts: [Range<Int>: String]) -> DocumentValue {
    guard !texts.isEmpty else { return self }
    var value = self
    switch content {
    case .string:
      if let text = texts[bytes] { value.content = .string(text) }
    case .object(let members):
      value.content = .object(
        members.map { member in
          var member = member
          member.value = member.value.replacing(texts)
          return member
        })
    case .array(let elements): value.content = .array(elements.map { $0.replacing(texts) })
    case .null, .bool, .number: break
    }
    return value
  }
}
