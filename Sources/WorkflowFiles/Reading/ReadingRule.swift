import WorkflowEngine

/// What the readers of definitions, people and settings find wrong. The raw value is the code that people see.
///
/// Codes below `W100` are findings of reading, `W021` to `W038` those of YAML itself; the checker's begin at `W101`.
package enum ReadingRule: String, Sendable, CaseIterable {
  case language = "W001"
  case unknownKey = "W002"
  case misplacedKey = "W003"
  case missingKey = "W004"
  case shape = "W005"
  case word = "W006"
  case name = "W007"
  case number = "W008"
  case timeSpan = "W009"
  case expression = "W010"
  case template = "W011"
  case unknownStep = "W012"
  case targets = "W013"
  case outcome = "W014"
  case selector = "W015"
  case schema = "W016"
  case dateOrTime = "W017"
  case conflict = "W018"
  case reserved = "W019"
  case limit = "W020"
  case unknownName = "W041"
  case sharedIdentity = "W042"
  case managerCycle = "W043"
  case workingHours = "W044"
  case address = "W045"
  case program = "W046"
  case signingKey = "W047"
  case holidays = "W048"
  case codeOwners = "W049"
  case messages = "W050"

  /// What `writ explain` says.
  package var explanation: String {
    switch self {
    case .language: "Every file begins with the version of the language it is written in: `writ: 1`."
    case .unknownKey:
      "Keys that the language does not have are refused, so that a slip of the pen is never silently ignored."
    case .misplacedKey: "The key exists, but not for this type of step."
    case .missingKey: "A key that this place needs is missing, or stands there without a value."
    case .shape: "A mapping, a list or a text was expected, and something else stands there."
    case .word: "Only certain words are allowed here."
    case .name:
      """
      Ids of steps, variables and outcomes match `[a-z][a-z0-9_]*`; names of people, roles and workflows match \
      `[a-z0-9][a-z0-9._-]{0,63}`.
      """
    case .number: "A number was expected here, within the limits named."
    case .timeSpan:
      """
      Times are written `30s`, `90m`, `4h`, `3d`, `2w` (elapsed, or ISO 8601 as in `PT90M`), or counted on the working \
      calendar: `4 business hours`, `2 business days`.
      """
    case .expression: "The expression is not well-formed CEL, or names something that is not in scope."
    case .template: "In `${...}` stands an expression; a literal `${` is written `$${`."
    case .unknownStep: "A target names a step that the file does not have."
    case .targets:
      "`then: x` is allowed where a step can leave by one outcome only; otherwise every outcome has its target."
    case .outcome: "The step cannot leave by this outcome."
    case .selector:
      """
      People are named by `person:alice`, `role:finance`, `initiator`, `manager-of:initiator`, `owner`, `done-by:<step>`, \
      `{expr: <CEL list of people>}` or `{codeowners: <CEL list of paths>}`.
      """
    case .schema: "The schema is outside the documented subset of JSON Schema 2020-12."
    case .dateOrTime: "Dates are written `2026-12-24`, times of day `09:00`."
    case .conflict: "Two keys exclude each other."
    case .reserved: "The word is reserved for a later version of the language."
    case .limit: "The file has so many problems that the rest is not listed."
    case .unknownName: "Nobody and nothing has this name in `people.yaml` or `writ.yaml`."
    case .sharedIdentity: "An address, a login or a key names one person, or it would be open who decided."
    case .managerCycle: "Following `manager` from person to person must come to an end."
    case .workingHours: "Hours are `09:00-17:30`, in order and without overlap; every day stands once."
    case .address: "An e-mail address or web address was expected here."
    case .signingKey:
      """
      A key that signs is a public key as `ssh-keygen` writes it in `id_ed25519.pub`: Ed25519, ECDSA, RSA of at least 2048 \
      bits, or one of these on a security key. Options, certificates and patterns are not taken: a key is one person's.
      """
    case .holidays:
      """
      Holidays are dates, or files below `calendars/` in the format of iCalendar (RFC 5545) whose events name the days off.
      """
    case .codeOwners:
      """
      `CODEOWNERS` is read as GitHub and GitLab read it: a pattern and its owners in each line, the last line that matches wins, \
      sections stand beside each other. Owners are e-mail addresses, `@login`, or `@organisation/team`, which is the role of that name.
      """
    case .messages:
      """
      Words of a workflow's own lie beside it, a file for each language: `expense-approval.de.messages.yaml`. They name `message`, \
      `input`, `vars`, `steps`, `instance` and `config`. Whoever reads another language is told in that of `writ.yaml`.
      """
    case .program: "A command is a list whose first item is the absolute path of a program."
    }
  }
}
