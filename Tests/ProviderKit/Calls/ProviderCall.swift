public import Foundation

/// A request to the API, as far as it arrived, and its outcome.
public struct ProviderCall: Sendable, CustomStringConvertible {
  /// What a request asks for.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `POST` of a job.
    case submit
    /// `GET` of one task.
    case task
    /// `GET` of all tasks.
    case list
    /// Something that the API does not have; it is answered 404 or 405, and never planned.
    case other
  }

  /// A field of the request's head.
  public struct Field: Sendable, Hashable {
    /// The name as it was written.
    public var name: String
    /// The value.
    public var value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What it asks for.
  public let kind: Kind
  /// Its number among the calls of its kind, from 0, in the order in which their heads came.
  public let number: Int
  /// The method, such as `POST`.
  public let method: String
  /// The target as it was written, with its query.
  public let path: String
  /// The fields of the head, `Host` first.
  public let fields: [Field]
  /// The body; empty until it has come whole.
  public internal(set) var body = Data()
  /// Whether all of the request has come.
  public internal(set) var isWhole = false
  /// The fault that it met; `nil` until it is decided, and if there was none.
  public internal(set) var fault: Fault?
  /// The task that it made, or asks for.
  public internal(set) var taskID: String?
  /// The status of its answer, whether or not the client gets to see it; `nil` if there is none.
  public internal(set) var status: Int?

  /// The value of the first field called `name`, in whatever case.
  public subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// One line for the message of a failed test, without the body and the key.
  public var description: String {
    let outcome = [status.map { "\($0)" }, taskID, fault.map { "[\($0)]" }].compactMap { $0 }
    return ([kind.rawValue, "\(number)", method, path] + outcome).joined(separator: " ")
  }
}

/// A call whose fate is to be decided.
public struct PlannedCall: Sendable {
  /// What it asks for: `submit`, `task` or `list`.
  public let kind: ProviderCall.Kind
  /// Its number among the calls of its kind, from 0, in the order in which their heads came.
  public let number: Int
  /// The body; empty where only the head has come yet.
  public internal(set) var body = Data()
  /// How many complete calls before it had the same body (`submit`) or requested the same task (`task`); 0 while only
  /// the head has arrived.
  public internal(set) var repetition = 0
  /// The task that it asks for.
  public let taskID: String?
}

/// A job that made a (billed) task.
public struct AcceptedJob: Sendable {
  /// Its number, from 0, in the order in which jobs were taken.
  public let number: Int
  /// The task.
  public let taskID: String
  /// The body of the request.
  public let body: Data
  /// The key with which it came.
  public let key: String
}
