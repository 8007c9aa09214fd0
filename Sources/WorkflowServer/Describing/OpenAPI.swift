import CEL

/// The description of the API that the server serves; a test holds it against the routes.
enum OpenAPI {
  /// Changes with the description.
  static let version = "1"

  static var document: Value {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Writ", "version": .string(version),
        "description":
          "Processes, instances and decisions of one repository. Every writing operation is durable in git before it is answered; send an Idempotency-Key with it to repeat it safely. GET changes nothing.",
      ],
      "security": [["token": []], [:]],
      "paths": .map(paths),
      "components": [
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer",
            "description":
              "The token that 'writ serve' leaves for the command line; 'Writ-Person' names the person it acts for.",
          ]
        ],
        "schemas": .map(schemas), "parameters": .map(parameters),
        "responses": [
          "Problem": [
            "description": "Refused, in words (RFC 9457).",
            "content": ["application/problem+json": ["schema": reference("schemas", "Problem")]],
          ]
        ],
      ],
    ]
  }

  private static var paths: ValueMap {
    var paths: [String: ValueMap] = [:]
    for operation in operations { paths[operation.path, default: [:]][operation.method] = operation.description }
    return ValueMap(paths.map { ($0.key, .map($0.value)) })
  }

  static func reference(_ kind: String, _ name: String) -> Value { ["$ref": .string("#/components/\(kind)/\(name)")] }

  private static let parameters: ValueMap = [
    "IdempotencyKey": [
      "name": "Idempotency-Key", "in": "header", "schema": ["type": "string", "maxLength": 128],
      "description": "The same key and request within 24 hours get the first answer again.",
    ],
    "Person": [
      "name": "Writ-Person", "in": "header", "schema": ["type": "string"],
      "description": "With a token: the handle of the person for whom the request is made.",
    ],
  ]
}
