public import MediaFacts

/// The limits for jobs and assets: those of a profile, some of which may be overridden.
public struct Limits: Sendable, Equatable {
  /// The measures of media that have limits.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// The formats, as `MediaFormat` ids.
    case formats
    /// Both width and height.
    case side
    /// Width over height.
    case aspectRatio = "aspect_ratio"
    /// The length in time.
    case duration
    /// The bytes of the file.
    case size
  }

  /// The endpoint that has the limits.
  public let profile: Profile
  /// Every limit, in the order of the profile.
  public private(set) var all: [Limit]

  init(_ profile: Profile, _ documented: [Limit]) {
    self.profile = profile
    all = documented
  }

  /// The limits of Freepik's API page.
  public static var documented: Limits { Profile.freepik.limits }

  /// The limits that differ from the profile's, in their order.
  package var overridden: [Limit] {
    zip(all, profile.documentedLimits).filter { $0 != $1 }.map(\.0)
  }

  /// Whether any limit differs from the profile's.
  var areOverridden: Bool { all != profile.documentedLimits }

  /// Whether both are limits of one profile, and the same.
  public static func == (left: Limits, right: Limits) -> Bool {
    left.profile === right.profile && left.all == right.all
  }

  /// The limit with that id; `nil` if there is none. A limit can be replaced, but no limit can be added.
  public subscript(id: String) -> Limit? {
    get { all.first { $0.id == id } }
    set {
      guard let newValue, newValue.id == id, let index = all.firstIndex(where: { $0.id == id }) else {
        return
      }
      all[index] = newValue
    }
  }

  /// The limit for media of a kind; one that allows everything if the profile states none.
  public subscript(kind: MediaKind, measure: Measure) -> Limit {
    get { self[.media(kind, measure)] ?? unbounded(.media(kind, measure)) }
    set { self[.media(kind, measure)] = newValue }
  }

  /// The limit for media of a kind in a role: the role's own if there is one.
  func limit(_ measure: Measure, of kind: MediaKind, in role: Role?) -> Limit {
    guard let role, role.kind == kind else { return self[kind, measure] }
    return self[.role(role, measure)] ?? self[kind, measure]
  }

  /// The limit of a field; one that allows everything if the profile states none.
  package subscript(meaning: FieldMeaning) -> Limit {
    get { self[.field(meaning)] ?? unbounded(.field(meaning)) }
    set { self[.field(meaning)] = newValue }
  }

  /// The most bytes that a file may have under any reading of MB, in any role of its kind; `nil` if there is no limit.
  public func mostBytes(of kind: MediaKind) -> Int64? {
    let bounds = bounds(.size, of: kind).map(\.maximum)
    guard !bounds.contains(nil) else { return nil }
    return bounds.compactMap { $0.map { Megabyte.binary.bytes($0) } }.max()
  }

  /// The most bytes that a file may have under any reading of any limit, if its kind is not known; `nil` if any of the
  /// kinds has no limit.
  public func mostBytes(for kind: MediaKind?) -> Int64? {
    let bounds = (kind.map { [$0] } ?? profile.kinds).map { mostBytes(of: $0) }
    return bounds.contains(nil) ? nil : bounds.compactMap(\.self).max()
  }

  /// The limits of a measure in all roles of a kind that the profile has.
  func bounds(_ measure: Measure, of kind: MediaKind) -> [Limit] {
    profile.roles.filter { $0.kind == kind }.map { limit(measure, of: kind, in: $0) }
  }

  private subscript(subject: Limit.Subject) -> Limit? {
    get { profile.limitIndices[subject].map { all[$0] } }
    set {
      guard let newValue, let index = profile.limitIndices[subject] else { return }
      all[index] = newValue
    }
  }

  private func unbounded(_ subject: Limit.Subject) -> Limit {
    Limit(subject, "", source: .practice("There is no limit."))
  }
}

/// The two meanings of MB.
enum Megabyte: CaseIterable {
  case decimal
  case binary

  var name: String {
    switch self {
    case .decimal: "MB = 10^6 bytes"
    case .binary: "MB = 2^20 bytes"
    }
  }

  /// `megabytes` in bytes, rounded down.
  func bytes(_ megabytes: Rational) -> Int64 {
    let unit: Int64 =
      switch self {
      case .decimal: 1_000_000
      case .binary: 1 << 20
      }
    let (product, overflow) = megabytes.numerator.multipliedReportingOverflow(by: unit)
    return overflow ? Int64.max : product / megabytes.denominator
  }
}
