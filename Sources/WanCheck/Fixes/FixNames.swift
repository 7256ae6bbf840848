/// The names of the files that the commands of a run write. Each name is free on disk and used by one command only.
///
/// Names are assigned in the order of the report, so that equal runs give equal names.
public struct FixNames: Sendable {
  /// Hashes of names and commands, since a run may have a million of them. A false match only gives another number.
  private var writers: [Int: Int] = [:]
  private var numbers: [Int: Int] = [:]
  private let exists: @Sendable ([UInt8]) -> Bool

  /// Names of a run; `exists` tells whether there is a file at a path, in bytes, relative to the working folder.
  public init(exists: @escaping @Sendable ([UInt8]) -> Bool) { self.exists = exists }

  /// Gives each command of `result` the first name that is free; the same command keeps its name.
  public mutating func settle(_ result: inout CheckResult) {
    for index in result.findings.indices {
      guard var command = result.findings[index].fix?.command else { continue }
      command.number = number(of: command)
      result.findings[index].fix?.command = command
    }
  }

  private mutating func number(of command: RepairCommand) -> Int {
    let own = command.hashValue
    if let known = numbers[own] { return known }
    var command = command
    while command.number < Self.most, isTaken(command.output, by: own) { command.number += 1 }
    numbers[own] = command.number
    writers[Self.key(command.output)] = own
    return command.number
  }

  private func isTaken(_ path: [UInt8], by own: Int) -> Bool {
    if let writer = writers[Self.key(path)] { return writer != own }
    return exists(path)
  }

  /// Some file systems ignore letter case.
  private static func key(_ path: [UInt8]) -> Int {
    path.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }.hashValue
  }

  /// A command refuses to overwrite anyway.
  private static let most = 10_000
}
