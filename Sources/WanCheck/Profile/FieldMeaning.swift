package import JobDocuments

/// The meaning of a field of a request body, independent of its name at an endpoint.
package enum FieldMeaning: String, Sendable, Hashable, CaseIterable {
  /// The URL of the first frame.
  case startImage = "start_image"
  /// The URL of the last frame.
  case endImage = "end_image"
  /// The URL of the audio that guides the video.
  case audio
  /// The URL of the video that is continued.
  case video
  /// The description of the video.
  case prompt
  /// The description of what the video must not show.
  case negativePrompt = "negative_prompt"
  /// The resolution of the output.
  case resolution
  /// The length of the output in seconds.
  case duration
  /// The random seed.
  case seed
  /// The URL that is called when the task changes its status.
  case webhook
  /// Whether the prompt is extended by a language model.
  case promptExtend = "prompt_extend"

  /// The role of the asset that the field names; `nil` if it names none.
  package var role: Role? { Role(rawValue: rawValue) }

  /// The type of a field that means this.
  var type: Profile.FieldType {
    switch self {
    case .duration, .seed: .integer
    case .promptExtend: .boolean
    default: .string
    }
  }

  /// What a range or a set of words of the field limits; `nil` if no rule checks it.
  var limited: (unit: String?, isRange: Bool, readings: [String])? {
    switch self {
    case .prompt, .negativePrompt: ("characters", true, ["Unicode scalars", "UTF-16 units"])
    case .resolution: (nil, false, [])
    case .duration: ("s", true, [])
    case .seed: (nil, true, [])
    case .startImage, .endImage, .audio, .video, .webhook, .promptExtend: nil
    }
  }
}

extension Role {
  /// The meaning of the field that holds the asset's URL.
  package var meaning: FieldMeaning {
    switch self {
    case .startImage: .startImage
    case .endImage: .endImage
    case .audio: .audio
    case .video: .video
    }
  }
}

extension Profile {
  /// The types of fields, by their names in JSON Schema.
  package enum FieldType: String, Sendable, Hashable, CaseIterable {
    /// A text.
    case string
    /// A whole number.
    case integer
    /// `true` or `false`.
    case boolean
    /// An object.
    case object

    var article: String { self == .integer || self == .object ? "an \(rawValue)" : "a \(rawValue)" }
  }

  /// One field of the request body.
  package struct Field: Sendable, Hashable {
    /// The names that lead to the field, from the body.
    package let path: [String]
    /// The name in messages: the last of the path, or the whole path if two fields share the last name.
    package internal(set) var label: String
    /// The type of its values.
    package let type: FieldType
    /// The meaning; `nil` if no rule checks the field.
    package let meaning: FieldMeaning?
    /// Whether a job must have it.
    package let isRequired: Bool
    /// The value that the provider uses if the field is absent.
    package let defaultValue: DocumentValue?
    /// A description in one sentence.
    package let description: String?
    /// The page's examples.
    package let examples: [DocumentValue]
    /// Former and wrong names that mean it.
    package let spellings: [String]
    /// Whether an object may have members that the page does not list.
    package let isOpen: Bool
    /// Whether the page states the type only by an example.
    package let isTypedByExample: Bool
    /// The place in `Profile.fields`.
    let index: Int

    /// The last name of the path.
    package var name: String { path.last ?? "" }

    /// The JSON pointer into the body (RFC 6901).
    package var pointer: String {
      path.reduce(JSONPointer.root) { $0.appending($1) }.description
    }
  }

  /// A set of assets that the endpoint takes together.
  package struct AssetSet: Sendable, Hashable {
    /// The mode that it selects.
    package let mode: Mode
    /// The roles that must be there.
    package let needs: [Role]
    /// The roles that may be there, too.
    package let allows: [Role]

    /// Whether assets of these roles, and no others, select the mode.
    func accepts(_ roles: [Role]) -> Bool { needs.allSatisfy(roles.contains) && holds(roles) }

    /// Whether the set includes all of these roles.
    func holds(_ roles: [Role]) -> Bool { roles.allSatisfy { needs.contains($0) || allows.contains($0) } }
  }
}
