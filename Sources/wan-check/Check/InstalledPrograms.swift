import Foundation
import WanCheck

/// The programs that a person who runs the fixes has.
enum InstalledPrograms {
  /// What ImageMagick is called here, as far as the folders in PATH tell.
  static var imageMagick: ImageMagickProgram {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return .preferred { name in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
  }
}
