import MediaFacts
import WanCheck

/// The schema of a profile's file; its words are those that the reader knows.
enum ProfileSchema {
  static let text = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://wan-check.dev/schema/profile.json",
      "title": "A profile of wan-check: an endpoint as data",
      "type": "object",
      "required": ["id", "title", "sources", "endpoint", "fields", "modes", "limits"],
      "additionalProperties": false,
      "properties": {
        "id": {
          "type": "string",
          "pattern": "^[a-z0-9][a-z0-9._/-]{0,63}$",
          "description": "The name in reports and for --profile."
        },
        "title": {"$ref": "#/$defs/line", "description": "The name for people."},
        "sources": {
          "type": "object",
          "required": ["page"],
          "description": "Where sentences are from. What the page states is an error; what others state, a warning.",
          "properties": {"page": {"allOf": [{"$ref": "#/$defs/source"}, {"required": ["address"]}]}},
          "additionalProperties": {"$ref": "#/$defs/source"}
        },
        "endpoint": {
          "type": "object",
          "required": ["base", "path", "key_header"],
          "additionalProperties": false,
          "properties": {
            "base": {"$ref": "#/$defs/url"},
            "path": {"type": "string", "pattern": "^/[A-Za-z0-9._~/-]*$"},
            "key_header": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,128}$"}
          }
        },
        "fields": {"$ref": "#/$defs/fields", "description": "The fields of the request body, in the order of the page."},
        "modes": {
          "type": "array",
          "minItems": 1,
          "description": "The sets of assets that the endpoint takes together.",
          "items": {
            "type": "object",
            "required": ["mode", "needs"],
            "additionalProperties": false,
            "properties": {
              "mode": {"enum": \(words(Mode.self))},
              "needs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/role"}},
              "allows": {"type": "array", "items": {"$ref": "#/$defs/role"}}
            }
          }
        },
        "limits": {
          "type": "array",
          "description": "The limits of media, by kind or by role.",
          "items": {
            "type": "object",
            "required": ["of", "measure", "sentence"],
            "additionalProperties": false,
            "properties": {
              "of": {"enum": \(JSONDocument.text(subjects))},
              "measure": {"enum": \(words(Limits.Measure.self))},
              "min": {"$ref": "#/$defs/bound"},
              "max": {"$ref": "#/$defs/bound"},
              "one_of": {"$ref": "#/$defs/words"},
              "source": {"$ref": "#/$defs/line"},
              "sentence": {"$ref": "#/$defs/line"}
            }
          }
        },
        "rules": {
          "type": "object",
          "description": "What the page, or another source, states of what a rule enforces.",
          "propertyNames": {"enum": \(JSONDocument.text(RuleCatalogue.entries.map(\.id.rawValue)))},
          "additionalProperties": {
            "type": "object",
            "required": ["sentence"],
            "additionalProperties": false,
            "properties": {"source": {"$ref": "#/$defs/line"}, "sentence": {"$ref": "#/$defs/line"}}
          }
        }
      },
      "$defs": {
        "line": {"type": "string", "minLength": 1, "maxLength": 1000},
        "url": {"type": "string", "format": "uri", "pattern": "^https://"},
        "role": {"enum": \(words(Role.self))},
        "words": {"type": "array", "minItems": 1, "items": {"type": "string"}},
        "bound": {
          "description": "In px, s, or MB; an aspect ratio may be written as 1:8.",
          "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+:[0-9]+$"}]
        },
        "source": {
          "type": "object",
          "required": ["document", "captured"],
          "additionalProperties": false,
          "properties": {
            "document": {"$ref": "#/$defs/line"},
            "address": {"$ref": "#/$defs/url"},
            "captured": {
              "type": "string",
              "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
              "description": "The day on which it was read."
            },
            "quoted": {
              "type": "boolean",
              "default": false,
              "description": "Whether its sentences are quoted, not told in other words."
            }
          }
        },
        "fields": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name", "type"],
            "additionalProperties": false,
            "properties": {
              "name": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
              "type": {"enum": \(words(Profile.FieldType.self))},
              "means": {"enum": \(words(FieldMeaning.self))},
              "required": {"type": "boolean", "default": false},
              "default": {"description": "What the provider uses where the field is absent."},
              "min": {"type": "number", "minimum": 0},
              "max": {"type": "number", "minimum": 0},
              "one_of": {"$ref": "#/$defs/words"},
              "source": {"$ref": "#/$defs/line"},
              "sentence": {"$ref": "#/$defs/line"},
              "description": {"$ref": "#/$defs/line"},
              "examples": {"type": "array"},
              "spellings": {"type": "array", "items": {"type": "string"}},
              "fields": {"$ref": "#/$defs/fields", "description": "The fields of an object."},
              "open": {
                "type": "boolean",
                "default": false,
                "description": "Whether the object may have members that the page does not list."
              },
              "only_in_example": {
                "type": "boolean",
                "default": false,
                "description": "Whether the page states the type only by an example."
              }
            }
          }
        }
      }
    }

    """

  /// Kinds of media, and the roles that are not kinds.
  private static var subjects: [String] {
    let kinds = MediaKind.allCases.map(\.rawValue)
    return kinds + Role.allCases.map(\.rawValue).filter { !kinds.contains($0) }
  }

  private static func words<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> String {
    JSONDocument.text(type.allCases.map(\.rawValue))
  }
}
