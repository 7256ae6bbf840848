import MediaFacts
import WanCheck

extension JSONSchema {
  /// The schema of a configuration file, for editors; its words are those of the catalogue and the limits.
  public static var configuration: String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://wan-check.dev/schema/config.json",
      "title": "Settings of wan-check",
      "type": ["object", "null"],
      "additionalProperties": false,
      "properties": {
        "depth": {
          "enum": \(JSONDocument.text(Depth.allCases.map(\.rawValue))),
          "default": "full",
          "description": "How much of each asset is read."
        },
        "strict": {"type": "boolean", "default": false, "description": "Whether warnings count as errors."},
        "concurrency": {
          "type": "integer",
          "minimum": \(ConfigurationKeys.concurrency.lowerBound),
          "maximum": \(ConfigurationKeys.concurrency.upperBound),
          "description": "Assets that are examined at a time."
        },
        "rules": {
          "type": "object",
          "additionalProperties": false,
          "description": "Severity of rules that are not documented limits.",
          "properties": {
    \(rules)
          }
        },
        "ignore": {
          "type": "array",
          "description": "Findings that do not change the exit code.",
          "items": {
            "type": "object",
            "required": ["rule", "reason"],
            "additionalProperties": false,
            "properties": {
              "rule": {"enum": \(JSONDocument.text(RuleCatalogue.entries.map(\.id.rawValue)))},
              "path": {
                "type": "string",
                "minLength": 1,
                "description": "A pattern of files, from the configuration's folder; ** crosses folders."
              },
              "reason": {"type": "string", "minLength": 1},
              "expires": {
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "The last day on which it holds."
              }
            }
          }
        },
        "limits": {
          "type": "object",
          "additionalProperties": false,
          "description": "Limits instead of the documented ones; jobs are then sent with --accept-overrides only.",
          "properties": {
    \(limits)
          }
        },
        "map": {
          "type": "object",
          "additionalProperties": {"type": "string", "minLength": 1},
          "description": "URL prefixes, and the folders of this repository with what they will serve."
        }
      }
    }

    """
  }

  private static var rules: String {
    RuleCatalogue.entries.filter { !$0.settings.isEmpty }.map { entry in
      let settings = JSONDocument.text(entry.settings.map(\.rawValue))
      return "        \(JSONDocument.text(entry.id.rawValue)): {\n"
        + "          \"enum\": \(settings),\n"
        + "          \"description\": \(JSONDocument.text(entry.summary))\n        }"
    }.joined(separator: ",\n")
  }

  private static var limits: String {
    Limits.documented.all.map { limit in
      let bounds =
        limit.allowed.isEmpty
        ? [limit.minimum.map { _ in "min" }, limit.maximum.map { _ in "max" }].compactMap(\.self)
          .map { "\"\($0)\": \(bound(limit))" }.joined(separator: ", ")
        : "\"one_of\": {\"type\": \"array\", \"minItems\": 1, \"items\": {\"enum\": \(JSONDocument.text(limit.allowed))}}"
      return """
                \(JSONDocument.text(limit.id)): {
                  "type": "object",
                  "additionalProperties": false,
                  "description": \(JSONDocument.text("\(limit.subject): documented is \(limit.text)")),
                  "properties": {\(bounds)}
                }
        """
    }.joined(separator: ",\n")
  }

  private static func bound(_ limit: Limit) -> String {
    guard limit.unit == "w:h" else { return #"{"type": "number", "minimum": 0}"# }
    return #"{"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+:[0-9]+$"}]}"#
  }
}
