import JobDocuments
import MediaFacts
import WanCheck

/// The schema of the jobs of one endpoint, drawn from its profile.
struct JobSchema {
  private let limits: Limits
  private var profile: Profile { limits.profile }

  init(_ limits: Limits) { self.limits = limits }

  var text: String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://wan-check.dev/schema/job.json",
      "title": \(JSONDocument.text("A job for \(profile.title)")),
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
    \(members(of: nil, indent: "      ")),
          "oneOf": [
    \(profile.modes.map { "        \(schema(of: $0))" }.joined(separator: ",\n"))
          ]
        }
      }
    }

    """
  }

  /// `properties` of an object, and what it must have and may not.
  private func members(of parent: Profile.Field?, indent: String) -> String {
    let fields = profile.fields.filter { Array($0.path.dropLast()) == parent?.path ?? [] }
    let properties = fields.map { "\(indent)  \(JSONDocument.text($0.name)): \(schema(of: $0, indent))" }
    let required = fields.filter(\.isRequired).map(\.name)
    return "\(indent)\"properties\": {\n\(properties.joined(separator: ",\n"))\n\(indent)}"
      + (required.isEmpty ? "" : ",\n\(indent)\"required\": \(JSONDocument.text(required))")
      + (parent?.isOpen ?? false ? "" : ",\n\(indent)\"additionalProperties\": false")
  }

  private func schema(of field: Profile.Field, _ indent: String) -> String {
    if field.type == .object, profile.fields.contains(where: { $0.path.dropLast() == field.path[...] }) {
      let inner = indent + "    "
      return "{\n\(inner)\"type\": \"object\",\n\(members(of: field, indent: inner))\n\(indent)  }"
    }
    var parts: [String] = []
    if field.meaning?.role != nil {
      parts.append("\"$ref\": \"#/$defs/url\"")
    } else {
      let limit = field.meaning.map { limits[$0] }
      if let limit, !limit.allowed.isEmpty {
        parts.append("\"enum\": \(JSONDocument.text(limit.allowed))")
      } else {
        parts.append("\"type\": \(JSONDocument.text(field.type.rawValue))")
        parts += field.type == .string ? text(limit) : range(limit)
      }
      if field.meaning == .webhook { parts.append("\"format\": \"uri\"") }
    }
    if let standard = field.defaultValue.flatMap({ try? $0.jsonText() }) {
      parts.append("\"default\": \(standard)")
    }
    if let description = field.description {
      parts.append("\"description\": \(JSONDocument.text(description))")
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  private func text(_ limit: Limit?) -> [String] {
    let least = limit?.minimum.map(whole) ?? 1
    return ["\"minLength\": \(max(1, least))"]
      + (limit?.maximum.map { ["\"maxLength\": \(whole($0))"] } ?? [])
  }

  private func range(_ limit: Limit?) -> [String] {
    (limit?.minimum.map { ["\"minimum\": \(whole($0))"] } ?? [])
      + (limit?.maximum.map { ["\"maximum\": \(whole($0))"] } ?? [])
  }

  private func whole(_ value: Rational) -> Int64 { value.numerator / value.denominator }

  /// The assets of a mode are there, and no others.
  private func schema(of mode: Profile.AssetSet) -> String {
    let others = profile.roles.filter { !(mode.needs + mode.allows).contains($0) }
    let needed = mode.needs.map { presence(of: $0) }
    let excluded = others.map { presence(of: $0) }
    let parts =
      (needed.count == 1
        ? needed.map { String($0.dropFirst().dropLast()) }
        : ["\"allOf\": [\(needed.joined(separator: ", "))]"])
      + (excluded.isEmpty ? [] : ["\"not\": {\"anyOf\": [\(excluded.joined(separator: ", "))]}"])
    return "{\(parts.joined(separator: ", "))}"
  }

  /// That the field of a role is there, inside the objects that lead to it.
  private func presence(of role: Role) -> String {
    let path = profile[role.meaning]?.path ?? []
    return path.reversed().reduce("") { inner, name in
      let name = JSONDocument.text(name)
      return inner.isEmpty
        ? "{\"required\": [\(name)]}" : "{\"required\": [\(name)], \"properties\": {\(name): \(inner)}}"
    }
  }
}
