import MediaFacts
public import WanCheck

/// JSON Schemas (draft 2020-12) of what goes in and what comes out.
public enum JSONSchema {
  /// The schema of the reports of checks in JSON.
  public static var report: String {
    report(SchemaAddition(definitions: "    \"submission\": {\"type\": \"object\"}"))
  }

  /// The schema of reports in JSON whose results have additions.
  package static func report(_ addition: SchemaAddition) -> String { ReportSchema.text(addition) }

  /// The schema of a job: the request body, or the envelope around it.
  public static func job(_ limits: Limits) -> String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://wan-check.dev/schema/job.json",
      "title": "A job for WAN 2.7 image-to-video",
      "oneOf": [
        {"$ref": "#/$defs/body"},
        {
          "type": "object",
          "required": ["job"],
          "properties": {
            "id": {"type": ["string", "integer"]},
            "job": {"$ref": "#/$defs/body"}
          },
          "additionalProperties": false
        }
      ],
      "$defs": {
        "url": {"type": "string", "minLength": 1, "description": "An https URL; for checking, also a local path."},
        "body": {
          "type": "object",
          "properties": {
            "webhook_url": {"type": "string", "format": "uri", "minLength": 1},
            "prompt": {"type": "string", "minLength": 1\(most("maxLength", limits.prompt))},
            "negative_prompt": {"type": "string", "minLength": 1\(most("maxLength", limits.negativePrompt))},
            "start_image_url": {"$ref": "#/$defs/url"},
            "end_image_url": {"$ref": "#/$defs/url"},
            "audio_url": {"$ref": "#/$defs/url"},
            "video_url": {"$ref": "#/$defs/url"},
            "resolution": {"enum": \(JSONDocument.text(limits.resolution.allowed))\(standard(limits.resolution))},
            "duration": {"type": "integer"\(range(limits.duration))\(standard(limits.duration, isNumber: true))},
            "seed": {"type": "integer"\(range(limits.seed))},
            "additional_settings": {
              "type": "object",
              "properties": {"prompt_extend": {"type": "boolean"}}
            }
          },
          "additionalProperties": false,
          "oneOf": [
            {"required": ["start_image_url"], "not": {"required": ["video_url"]}},
            {"required": ["video_url"], "not": {"required": ["start_image_url"]}}
          ]
        }
      }
    }

    """
  }

  private static func most(_ key: String, _ limit: Limit) -> String {
    limit.maximum.map { ", \"\(key)\": \($0.numerator / $0.denominator)" } ?? ""
  }

  private static func range(_ limit: Limit) -> String {
    (limit.minimum.map { ", \"minimum\": \($0.numerator)" } ?? "") + most("maximum", limit)
  }

  private static func standard(_ limit: Limit, isNumber: Bool = false) -> String {
    limit.defaultValue.map { ", \"default\": \(isNumber ? $0 : JSONDocument.text($0))" } ?? ""
  }
}
