/// A ledger remembers webhooks, too, for all processes that share it.
extension Ledger: WebhookReplayGuard {}
