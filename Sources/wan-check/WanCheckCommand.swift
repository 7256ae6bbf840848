import ArgumentParser

@main
struct WanCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "wan-check")
}
