import MediaFacts
import WanCheck

/// What the report's schema says about additions to results.
package struct SchemaAddition: Sendable {
  /// The members of `$defs` that describe the member `submission`, the first of which has that name.
  package var definitions: String
  /// The names of the states that the summary counts.
  package var states: [String]

  /// A description of an addition.
  package init(definitions: String, states: [String] = []) {
    self.definitions = definitions
    self.states = states
  }
}

/// The schema of the report, its enumerations drawn from the types that they describe.
enum ReportSchema {
  static func text(_ addition: SchemaAddition) -> String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://wan-check.dev/schema/report.json",
      "title": "wan-check report",
      "type": "object",
      "required": ["schema_version", "tool", "profile", "depth", "confinement", "results", "summary"],
      "additionalProperties": false,
      "properties": {
        "schema_version": {"const": \(JSONDocument.schemaVersion)},
        "tool": {"$ref": "#/$defs/tool"},
        "profile": {"$ref": "#/$defs/profile"},
        "depth": {"$ref": "#/$defs/depth"},
        "confinement": {"$ref": "#/$defs/confinement"},
        "shard": {"$ref": "#/$defs/shard"},
        "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
        "summary": {"$ref": "#/$defs/summary"},
        "interrupted": {"$ref": "#/$defs/interrupted"}
      },
      "$defs": {
    \(frame),
        "count": {"type": "integer", "minimum": 0},
        "seconds": {"type": ["number", "null"], "minimum": 0},
        "durationReadings": {
          "description": "Further durations that the file states, where they differ from the others",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "seconds"],
            "additionalProperties": false,
            "properties": {"name": {"type": "string"}, "seconds": {"type": "number", "minimum": 0}}
          }
        },
        "verdict": {"enum": \(words(Verdict.self))},
        "role": {"enum": \(words(Role.self, orNull: true))},
        "quantity": {"type": ["number", "string"]},
        "quantities": {"type": "object", "additionalProperties": {"$ref": "#/$defs/quantity"}},
    \(result),
    \(asset),
    \(facts),
    \(finding),
    \(addition.definitions),
        "summary": {
          "type": "object",
          "required": ["inputs", "valid", "invalid", "inconclusive", "errors", "warnings", "notes"],
          "properties": {
            "submissions": {
              "type": "object",
              "required": [\(addition.states.map { "\"\($0)\"" }.joined(separator: ", "))],
              "additionalProperties": {"$ref": "#/$defs/count"}
            }
          },
          "additionalProperties": {"$ref": "#/$defs/count"}
        }
      }
    }

    """
  }

  /// The parts that describe a run, and the lines of JSON Lines.
  private static var frame: String {
    """
        "tool": {
          "type": "object",
          "required": ["name", "version"],
          "properties": {"name": {"const": "wan-check"}, "version": {"type": "string"}}
        },
        "profile": {
          "type": "object",
          "required": ["id", "captured", "overrides"],
          "properties": {
            "id": {"type": "string"},
            "captured": {"type": "string", "format": "date"},
            "overrides": {"type": "object", "additionalProperties": {"type": "string"}}
          }
        },
        "depth": {"enum": \(words(Depth.self))},
        "confinement": {
          "description": "What confined the processes that read assets; empty if nothing did",
          "type": "array",
          "items": {"type": "string"}
        },
        "shard": {
          "description": "The part of the inputs that the run checked, if not all",
          "type": "object",
          "required": ["index", "count"],
          "additionalProperties": false,
          "properties": {"index": {"$ref": "#/$defs/count"}, "count": {"type": "integer", "minimum": 1}}
        },
        "interrupted": {"description": "The run ended before every input had a result", "const": true},
        "line": {
          "description": "A line of the format jsonl: first run, then results, last summary",
          "oneOf": [{"$ref": "#/$defs/run"}, {"$ref": "#/$defs/result"}, {"$ref": "#/$defs/end"}]
        },
        "run": {
          "type": "object",
          "required": ["kind", "schema_version", "tool", "profile", "depth", "confinement"],
          "additionalProperties": false,
          "properties": {
            "kind": {"const": "run"},
            "schema_version": {"const": \(JSONDocument.schemaVersion)},
            "tool": {"$ref": "#/$defs/tool"},
            "profile": {"$ref": "#/$defs/profile"},
            "depth": {"$ref": "#/$defs/depth"},
            "confinement": {"$ref": "#/$defs/confinement"},
            "shard": {"$ref": "#/$defs/shard"}
          }
        },
        "end": {
          "type": "object",
          "required": ["kind", "summary"],
          "additionalProperties": false,
          "properties": {
            "kind": {"const": "summary"},
            "summary": {"$ref": "#/$defs/summary"},
            "interrupted": {"$ref": "#/$defs/interrupted"}
          }
        }
    """
  }

  private static let result = """
        "result": {
          "type": "object",
          "required": ["input", "index", "record", "kind", "id", "mode", "verdict", "submittable", "not_submittable_because",
                       "assets", "findings"],
          "additionalProperties": false,
          "properties": {
            "input": {"type": "string"},
            "index": {"description": "The number of the input in the run", "$ref": "#/$defs/count"},
            "record": {"description": "The number of the job or line in its file", "$ref": "#/$defs/count"},
            "kind": {"enum": ["job", "asset"]},
            "id": {"type": ["string", "null"]},
            "mode": {"enum": \(words(Mode.self, orNull: true))},
            "verdict": {"$ref": "#/$defs/verdict"},
            "submittable": {"type": "boolean"},
            "not_submittable_because": {"type": "array", "items": {"type": "string"}},
            "assets": {"type": "array", "items": {"$ref": "#/$defs/asset"}},
            "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
            "submission": {"$ref": "#/$defs/submission"}
          }
        }
    """

  private static let asset = """
        "asset": {
          "type": "object",
          "required": ["role", "location", "location_id", "verdict", "facts", "delivery"],
          "additionalProperties": false,
          "properties": {
            "role": {"$ref": "#/$defs/role"},
            "location": {"type": "string"},
            "location_id": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
            "verdict": {"$ref": "#/$defs/verdict"},
            "local_copy": {"type": "string"},
            "facts": {"anyOf": [{"$ref": "#/$defs/facts"}, {"type": "null"}]},
            "delivery": {
              "type": ["object", "null"],
              "properties": {
                "final_url": {"type": "string"},
                "status": {"type": "integer"},
                "redirects": {"$ref": "#/$defs/count"},
                "requests": {"$ref": "#/$defs/count"},
                "bytes_received": {"$ref": "#/$defs/count"},
                "etag": {"type": ["string", "null"]},
                "content_type": {"type": ["string", "null"]},
                "content_encoding": {"type": ["string", "null"]},
                "proxied": {"type": "boolean"}
              }
            }
          }
        }
    """

  private static let facts = """
        "facts": {
          "type": "object",
          "required": ["kind", "format", "sha256", "end_declared", "evidence"],
          "additionalProperties": false,
          "properties": {
            "kind": {"enum": ["image", "audio", "video", "other"]},
            "format": {"type": "string"},
            "detail": {"type": "string"},
            "bytes": {"type": ["integer", "null"], "minimum": 0},
            "bytes_at_least": {"$ref": "#/$defs/count"},
            "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
            "end_declared": {"type": ["boolean", "null"]},
            "evidence": {"type": "array", "items": {"type": "string"}},
            "width": {"type": ["integer", "null"], "minimum": 0},
            "height": {"type": ["integer", "null"], "minimum": 0},
            "orientation": {"type": "integer", "minimum": 1, "maximum": 8},
            "animated": {"type": "boolean"},
            "frames": {"type": ["integer", "null"], "minimum": 0},
            "alpha": {"type": "boolean"},
            "transparent_pixels": {"type": ["boolean", "null"]},
            "empty_alpha": {"const": true},
            "color": {"enum": ["gray", "rgb", "palette", "cmyk"]},
            "bit_depth": {"type": "integer", "minimum": 1},
            "coding": {"type": "string"},
            "codec": {"type": ["string", "null"]},
            "sample_rate": {"type": ["integer", "null"], "minimum": 0},
            "channels": {"type": ["integer", "null"], "minimum": 0},
            "brand": {"type": ["string", "null"]},
            "display_width": {"type": ["integer", "null"], "minimum": 0},
            "display_height": {"type": ["integer", "null"], "minimum": 0},
            "rotation": {"type": "integer"},
            "sample_aspect_ratio": {"type": "string", "pattern": "^[0-9]+:[0-9]+$"},
            "frame_rate": {"type": ["number", "null"], "minimum": 0},
            "video_tracks": {"$ref": "#/$defs/count"},
            "other_readings": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name", "width", "height", "display_width", "display_height"],
                "additionalProperties": false,
                "properties": {
                  "name": {"type": "string"},
                  "width": {"$ref": "#/$defs/count"},
                  "height": {"$ref": "#/$defs/count"},
                  "display_width": {"$ref": "#/$defs/count"},
                  "display_height": {"$ref": "#/$defs/count"},
                  "duration": {"$ref": "#/$defs/seconds"}
                }
              }
            },
            "has_audio": {"type": "boolean"},
            "encrypted": {"type": "boolean"},
            "fragmented": {"type": "boolean"},
            "moov_first": {"type": ["boolean", "null"]},
            "duration": {
              "type": "object",
              "required": ["container", "stream", "counted"],
              "additionalProperties": false,
              "properties": {
                "container": {"$ref": "#/$defs/seconds"},
                "stream": {"$ref": "#/$defs/seconds"},
                "counted": {"$ref": "#/$defs/seconds"},
                "others": {"$ref": "#/$defs/durationReadings"}
              }
            }
          }
        }
    """

  private static var finding: String {
    """
        "finding": {
          "type": "object",
          "required": ["rule", "severity", "effect", "role", "pointer", "file", "line", "column", "message", "limit",
                       "actual", "readings", "fix"],
          "additionalProperties": false,
          "properties": {
            "rule": {"enum": \(JSONDocument.text(RuleCatalogue.entries.map(\.id.rawValue)))},
            "severity": {"enum": \(words(Severity.self))},
            "effect": {"enum": ["violation", "unproved"]},
            "role": {"$ref": "#/$defs/role"},
            "pointer": {"type": ["string", "null"]},
            "file": {"type": ["string", "null"]},
            "line": {"type": ["integer", "null"], "minimum": 1},
            "column": {"type": ["integer", "null"], "minimum": 1},
            "message": {"type": "string"},
            "limit": {
              "type": ["object", "null"],
              "additionalProperties": false,
              "properties": {
                "min": {"$ref": "#/$defs/quantity"},
                "max": {"$ref": "#/$defs/quantity"},
                "unit": {"type": "string"},
                "one_of": {"type": "array", "items": {"type": "string"}}
              }
            },
            "actual": {"anyOf": [{"$ref": "#/$defs/quantities"}, {"type": "null"}]},
            "readings": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name", "actual", "inside"],
                "additionalProperties": false,
                "properties": {
                  "name": {"type": "string"},
                  "actual": {"$ref": "#/$defs/quantities"},
                  "inside": {"type": "boolean"}
                }
              }
            },
            "fix": {
              "type": ["object", "null"],
              "required": ["kind", "text", "program", "writes", "applicability"],
              "additionalProperties": false,
              "properties": {
                "kind": {"enum": \(words(Fix.Kind.self))},
                "text": {"type": "string"},
                "program": {"enum": \(words(RepairCommand.Program.self, orNull: true))},
                "writes": {"type": ["string", "null"]},
                "applicability": {"enum": \(words(Fix.Applicability.self))}
              }
            },
            "suppressed": {"const": true}
          }
        }
    """
  }

  private static func words<Word: CaseIterable & RawRepresentable<String>>(
    _ type: Word.Type, orNull: Bool = false
  ) -> String {
    let words: [String?] = type.allCases.map(\.rawValue)
    return JSONDocument.text(orNull ? words + [nil] : words)
  }
}
