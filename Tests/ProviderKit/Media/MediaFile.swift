import Crypto
import Foundation

/// A file that the simulator serves beside the API.
public struct MediaFile: Sendable {
  /// Its bytes.
  public var bytes: [UInt8]
  /// The value of `Content-Type`; `nil` leaves the field out.
  public var type: String?
  /// The value of `ETag` with its quotes; `nil` leaves the field out.
  public var entityTag: String?
  /// The value of `Last-Modified`; `nil` leaves the field out.
  public var lastModified: String?

  /// A file with a strong entity tag that is drawn from its bytes.
  public init(_ bytes: some Sequence<UInt8>, type: String? = "application/octet-stream") {
    self.bytes = Array(bytes)
    self.type = type
    let digest = SHA256.hash(data: self.bytes).prefix(8)
    entityTag = "\"" + digest.map { String(256 + Int($0), radix: 16).dropFirst() }.joined() + "\""
  }
}

/// A request for a file, whether or not it is there.
public struct MediaRequest: Sendable, CustomStringConvertible {
  /// The method, such as `GET`.
  public let method: String
  /// The target without its query.
  public let path: String
  /// The fields of the head, `Host` first.
  public let fields: [ProviderCall.Field]
  /// The status of the answer.
  public let status: Int

  /// The value of the first field called `name`, in whatever case.
  public subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// One line for the message of a failed test.
  public var description: String { "\(method) \(path) \(self["Range"] ?? "-") \(status)" }
}
