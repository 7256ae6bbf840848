public import WanReport
import WanSubmit

extension JSONSchema {
  /// The schema of JSON reports whose results may have a `submission`: those of `check` and of `submit`.
  public static var submissionReport: String {
    report(
      SchemaAddition(
        definitions: SubmissionSchema.text, states: SubmissionState.ofReports.map(\.rawValue)))
  }
}

/// The schema of a result's `submission`.
private enum SubmissionSchema {
  fileprivate static let text = """
        "submission": {
          "type": "object",
          "required": ["state", "task_id", "fingerprint", "ledger_row", "message", "error"],
          "additionalProperties": false,
          "properties": {
            "state": {"enum": \(JSONDocument.text(SubmissionState.ofReports.map(\.rawValue)))},
            "task_id": {"type": ["string", "null"]},
            "fingerprint": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
            "ledger_row": {"type": ["integer", "null"], "minimum": 1},
            "message": {"type": ["string", "null"]},
            "error": {"anyOf": [{"$ref": "#/$defs/provider_error"}, {"type": "null"}]},
            "request": {
              "type": "object",
              "required": ["method", "url", "headers", "body"],
              "additionalProperties": false,
              "properties": {
                "method": {"type": "string"},
                "url": {"type": "string"},
                "headers": {"type": "object", "additionalProperties": {"type": "string"}},
                "body": {"type": "string"}
              }
            },
            "task": {"$ref": "#/$defs/task"}
          }
        },
        "task": {
          "type": "object",
          "required": ["task_id", "id", "status", "ending", "generated", "files", "ordered", "message", "continue"],
          "additionalProperties": false,
          "properties": {
            "task_id": {"type": "string"},
            "id": {"type": ["string", "null"]},
            "status": {"type": ["string", "null"]},
            "ending": {"enum": \(JSONDocument.text(endings))},
            "generated": {"type": "array", "items": {"type": "string"}},
            "files": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["path", "bytes", "sha256", "already_there", "facts", "error", "message"],
                "additionalProperties": false,
                "properties": {
                  "path": {"type": ["string", "null"]},
                  "bytes": {"type": ["integer", "null"], "minimum": 0},
                  "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
                  "already_there": {"type": ["boolean", "null"]},
                  "facts": {"anyOf": [{"$ref": "#/$defs/facts"}, {"type": "null"}]},
                  "error": {"type": ["string", "null"]},
                  "message": {"type": ["string", "null"]}
                }
              }
            },
            "ordered": {
              "type": ["object", "null"],
              "properties": {"duration": {"type": ["integer", "null"]}, "resolution": {"type": ["string", "null"]}}
            },
            "message": {"type": ["string", "null"]},
            "continue": {"type": ["string", "null"]}
          }
        },
        "provider_error": {
          "type": "object",
          "required": ["status", "message", "invalid_params", "request_id", "rate_limit"],
          "additionalProperties": false,
          "properties": {
            "status": {"type": "integer"},
            "message": {"type": "string"},
            "invalid_params": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["name", "reason", "pointer", "file", "line", "column"],
                "additionalProperties": false,
                "properties": {
                  "name": {"type": "string"},
                  "reason": {"type": "string"},
                  "pointer": {"type": ["string", "null"]},
                  "file": {"type": ["string", "null"]},
                  "line": {"type": ["integer", "null"], "minimum": 1},
                  "column": {"type": ["integer", "null"], "minimum": 1}
                }
              }
            },
            "request_id": {"type": ["string", "null"]},
            "rate_limit": {
              "type": "object",
              "required": ["limit", "remaining", "reset", "retry_after"],
              "additionalProperties": {"type": ["number", "null"]}
            }
          }
        }
    """

  private static let endings: [TaskEnding.Kind] = [
    .completed, .failed, .completedWithNothing, .pending, .refused, .unreachable,
  ]
}
