import ArgumentParser

/// `wan-check webhook verify`
struct WebhookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook", abstract: "Look at webhooks of the provider.",
    subcommands: [WebhookVerifyCommand.self])
}
