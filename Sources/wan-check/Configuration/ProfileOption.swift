import ArgumentParser
import AssetSource
import Locations
import SystemPackage
import WanCheck

/// The option that names the endpoint to judge for.
struct ProfileOption: ParsableArguments {
  @Option(
    name: .customLong("profile"),
    help: ArgumentHelp(
      "Judge for another endpoint: an embedded profile, or a file (default: Freepik's).",
      valueName: "id|file"))
  var name: String?

  /// Bytes that a file of a profile may have.
  private static let longestFile = 1 << 20

  /// The profile that is named; Freepik's if none is.
  /// - Throws: `ExitStatus.usage`, with the reasons on standard error, if there is none, or anything is wrong with it.
  func profile() throws(ExitStatus) -> Profile {
    guard let name else { return .freepik }
    if let embedded = Profile.embedded.first(where: { $0.id == name }) { return embedded }
    let shown = displayText(name)
    let ids = Profile.embedded.map(\.id)
    guard !name.isEmpty, !name.utf8.contains(0), FileKind(at: FilePath(name)) == .other else {
      let nearest = Suggestion.nearest(to: name, in: ids).map { "; did you mean \($0)?" } ?? ""
      throw ExitStatus.misuse(
        "--profile \(shown): there is no such file, and the embedded profiles are "
          + "\(ids.joined(separator: " and "))\(nearest)")
    }
    let bytes: [UInt8]
    do throws(BoundedFile.Failure) {
      bytes = try BoundedFile.bytes(of: name, limit: Self.longestFile)
    } catch {
      throw ExitStatus.misuse("the profile \(error.message)")
    }
    let (profile, problems) = Profile.read(bytes, named: name)
    guard let profile else {
      for problem in problems { StandardStream.error.writeLine("wan-check: \(problem)") }
      throw ExitStatus.usage
    }
    return profile
  }
}
