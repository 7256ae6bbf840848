public import Locations
import MediaFacts

/// One asset as named in a job or by a user.
public struct AssetReference: Sendable {
  /// The URL or path as given.
  public var text: String
  /// What the text is: a URL, or a path.
  public var location: AssetLocation
  /// What the asset is for; `nil`: by its content.
  public var role: Role?
  /// The folder that a relative path starts from; `nil`: the working folder.
  public var folder: String?
  /// The JSON pointer of the field; `nil` for a bare asset.
  public var pointer: String?
  /// The place where it is named.
  public var place: Place
  /// The id of the line that names a bare asset, if it has one.
  public var id: String?
  /// The number of that line among the records of its file, from 0.
  public var record = 0
  /// Whether a path starts at `folder`, and may not lead out of it and the working folder: a file names it, not a person.
  var isConfined = false
  /// Whether it is an example of the endpoint's page.
  private var isExample = false

  /// An asset that a field of a job names.
  init(text: String, folder: String?, pointer: String, place: Place, role: Role, isExample: Bool) {
    self.text = text
    location = AssetLocation(text)
    self.role = role
    self.folder = folder
    self.pointer = pointer
    self.place = place
    self.isExample = isExample
    isConfined = true
  }

  /// A bare asset that a line of a job file names.
  init(text: String, folder: String?, place: Place, role: Role?, id: String?, record: Int) {
    self.text = text
    location = AssetLocation(text)
    self.role = role
    self.folder = folder
    self.place = place
    self.id = id
    self.record = record
    isConfined = true
  }

  /// A bare asset, by its path or URL. Its own path is its place.
  public init(_ text: String, role: Role? = nil) {
    self.init(AssetLocation(text), role: role)
  }

  /// A bare asset. Its own path is its place.
  public init(_ location: AssetLocation, role: Role? = nil) {
    text = location.text
    self.location = location
    self.role = role
    place = Place(file: location.displayText)
  }
}

extension AssetReference {
  /// Whether it is an example from the documentation, not a user's asset.
  var isPlaceholder: Bool {
    isExample || ((pointer != nil || location.path == nil) && location.isPlaceholder)
  }

  /// Whether the name has the extension of a documented format. The content may be another.
  public var isNamedLikeMedia: Bool {
    location.fileExtension.flatMap { FormatTable.row(fileExtension: $0) }?.isMeasured ?? false
  }
}
