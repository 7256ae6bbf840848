import Foundation
import Testing

/// Checks a JSON value against the part of JSON Schema (draft 2020-12) that our schemas use.
struct SchemaChecker {
  /// Keywords that the checker judges, or that say nothing about validity.
  private static let known: Set<String> = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "default", "format", "type", "enum", "const",
    "required", "properties", "additionalProperties", "items", "oneOf", "anyOf", "allOf", "not",
    "propertyNames", "minimum", "maximum",
    "minLength", "maxLength", "pattern", "minItems",
  ]

  private let root: [String: Any]

  init(_ text: String) throws {
    root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Everything that is wrong with `value`, each with its path.
  func problems(_ value: Any) -> [String] { problems(value, root, "") }

  private func problems(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    var found = schema.keys.filter { !Self.known.contains($0) }.map {
      "\(path): keyword \($0) is not checked"
    }
    if let reference = schema["$ref"] as? String {
      guard let target = definition(reference) else { return found + ["\(path): \(reference) leads nowhere"] }
      found += problems(value, target, path)
    }
    if let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map({ [$0] }),
      !types.contains(where: { Self.isOf(type: $0, value) })
    {
      found.append("\(path): not \(types)")
    }
    if let allowed = schema["enum"] as? [Any], !allowed.contains(where: { Self.equal($0, value) }) {
      found.append("\(path): not in the enumeration")
    }
    if let only = schema["const"], !Self.equal(only, value) { found.append("\(path): not \(only)") }
    if let object = value as? [String: Any] { found += members(object, schema, path) }
    if let elements = value as? [Any], let least = schema["minItems"] as? Int, elements.count < least {
      found.append("\(path): empty")
    }
    if let elements = value as? [Any], let items = schema["items"] as? [String: Any] {
      for (index, element) in elements.enumerated() { found += problems(element, items, "\(path)/\(index)") }
    }
    return found + text(value, schema, path) + number(value, schema, path) + combined(value, schema, path)
  }

  private func definition(_ reference: String) -> [String: Any]? {
    guard reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/").reduce(root as [String: Any]?) { schema, key in
      schema?[String(key)] as? [String: Any]
    }
  }

  private func members(_ object: [String: Any], _ schema: [String: Any], _ path: String) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    var found = ((schema["required"] as? [String]) ?? []).filter { object[$0] == nil }.map {
      "\(path): \($0) is missing"
    }
    if let names = schema["propertyNames"] as? [String: Any] {
      for key in object.keys { found += problems(key, names, "\(path)/\(key)") }
    }
    for (key, value) in object {
      if let property = properties[key] {
        found += problems(value, property, "\(path)/\(key)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        found += problems(value, others, "\(path)/\(key)")
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(path): \(key) is not allowed")
      }
    }
    return found
  }

  private func text(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let text = value as? String else { return [] }
    var found: [String] = []
    if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): does not match \(pattern)")
    }
    if let least = schema["minLength"] as? Int, text.unicodeScalars.count < least {
      found.append("\(path): short")
    }
    if let most = schema["maxLength"] as? Int, text.unicodeScalars.count > most {
      found.append("\(path): long")
    }
    return found
  }

  private func number(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard Self.isOf(type: "number", value), let number = (value as? NSNumber)?.doubleValue else { return [] }
    var found: [String] = []
    if let least = schema["minimum"] as? Double, number < least { found.append("\(path): below \(least)") }
    if let most = schema["maximum"] as? Double, number > most { found.append("\(path): above \(most)") }
    return found
  }

  private func combined(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    var found: [String] = []
    if let choices = schema["anyOf"] as? [[String: Any]],
      !choices.contains(where: { problems(value, $0, path).isEmpty })
    {
      found.append("\(path): none of anyOf")
    }
    for part in schema["allOf"] as? [[String: Any]] ?? [] { found += problems(value, part, path) }
    if let choices = schema["oneOf"] as? [[String: Any]],
      choices.count(where: { problems(value, $0, path).isEmpty }) != 1
    {
      found.append("\(path): not exactly one of oneOf")
    }
    if let refused = schema["not"] as? [String: Any], problems(value, refused, path).isEmpty {
      found.append("\(path): what must not be")
    }
    return found
  }

  private static func isOf(type: String, _ value: Any) -> Bool {
    switch (type, value) {
    case ("null", is NSNull), ("string", is String), ("array", is [Any]), ("object", is [String: Any]): true
    case ("boolean", let number as NSNumber): isBoolean(number)
    case ("number", let number as NSNumber): !isBoolean(number)
    case ("integer", let number as NSNumber):
      !isBoolean(number) && number.doubleValue == number.doubleValue.rounded()
    default: false
    }
  }

  private static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

  private static func equal(_ left: Any, _ right: Any) -> Bool {
    (left as? NSObject).map { $0.isEqual(right) } ?? false
  }
}
