import AssetOpening
import Locations
import WanCheck

/// One case of a suite.
struct JUnitCase {
  enum Outcome: String {
    case passed
    case failure
    case error
    case skipped
  }

  var name: String
  var className: String
  var outcome: Outcome
  /// Why the case did not pass, in one line.
  var message = ""
  /// The full text of the case.
  var details = ""

  /// The case as XML.
  var text: String {
    let head =
      "    <testcase name=\"\(XMLText.escaped(name))\" classname=\"\(XMLText.escaped(className))\""
    let message = XMLText.escaped(message)
    let details = XMLText.escaped(details)
    switch outcome {
    case .passed where details.isEmpty: return "\(head)/>\n"
    case .passed: return "\(head)><system-out>\(details)</system-out></testcase>\n"
    case .skipped: return "\(head)><skipped message=\"\(message)\"/></testcase>\n"
    case .failure, .error:
      let tag = outcome.rawValue
      let type = XMLText.escaped(name)
      return "\(head)><\(tag) message=\"\(message)\" type=\"\(type)\">\(details)</\(tag)></testcase>\n"
    }
  }

  /// The cases of one result.
  static func cases(of result: CheckResult, _ addition: ResultAddition?) -> [JUnitCase] {
    var groups: [(key: Key, findings: [Finding])] = []
    for finding in result.findings {
      let key = Key(rule: finding.rule, role: finding.role)
      if let place = groups.firstIndex(where: { $0.key == key }) {
        groups[place].findings.append(finding)
      } else {
        groups.append((key, [finding]))
      }
    }
    return passing(result) + groups.map { JUnitCase($0.findings, of: result) }
      + (addition.map { [JUnitCase($0.content, of: result)] } ?? [])
  }

  private struct Key: Hashable {
    var rule: RuleID
    var role: Role?
  }

  /// The cases that pass: one for each valid asset, and one for the job itself.
  private static func passing(_ result: CheckResult) -> [JUnitCase] {
    let assets = result.assets.filter { $0.verdict == .valid }.map { asset in
      JUnitCase(
        name: "valid", className: className(result, asset), outcome: .passed,
        details: asset.localCopyClause ?? "")
    }
    guard result.kind == .job, result.verdict == .valid else { return assets }
    return [JUnitCase(name: "valid", className: result.title, outcome: .passed)] + assets
  }

  private static func className(_ result: CheckResult, _ asset: AssetResult?) -> String {
    guard result.kind == .job, let asset else { return result.title }
    return "\(result.title) \(asset.role?.rawValue ?? "asset") \(displayText(asset.location))"
  }
}

extension JUnitCase {
  /// A case with the findings of one rule about one asset.
  private init(_ findings: [Finding], of result: CheckResult) {
    let counting = findings.filter { !$0.suppressed }
    let broken = counting.filter { $0.severity == .error && $0.effect == .violation }
    let unproved = counting.filter { $0.effect == .unproved }
    let weighty = broken.isEmpty ? unproved : broken
    name = findings.first?.rule.rawValue ?? ""
    let asset = findings.first.flatMap { result.asset(of: $0) }
    className = Self.className(result, asset)
    outcome = broken.isEmpty ? (unproved.isEmpty ? .passed : .error) : .failure
    message = weighty.first.map { displayText($0.message) } ?? ""
    details = (findings.map(Self.details) + [asset?.localCopyClause].compactMap(\.self))
      .joined(separator: "\n")
  }

  private static func details(_ finding: Finding) -> String {
    let place = finding.place
    let position = place.line.map { ":\($0):\(place.column ?? 1)" } ?? ""
    let file = place.file.map { "\(displayText($0))\(position): " } ?? ""
    let fix = finding.fix.map { "\nfix: \(displayText($0.text))" } ?? ""
    return "\(file)\(finding.label): \(displayText(finding.message))\(fix)"
  }

  /// A case with the submission of the job.
  private init(_ addition: any ResultAdditionContent, of result: CheckResult) {
    name = "submission"
    className = result.title
    message = [addition.state.words, addition.message.map { displayText($0) }].compactMap { $0 }
      .joined(separator: ": ")
    details = message + (addition.taskID.map { "\ntask \(displayText($0))" } ?? "")
    switch addition.state.standing {
    case .done: outcome = addition.isFine ? .passed : .failure
    case .refused: outcome = .failure
    case .unknown: outcome = .error
    case .notDone: outcome = .skipped
    }
  }
}
