import ArgumentParser

/// The formats in which tasks are told of.
enum TaskFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case jsonl
}
