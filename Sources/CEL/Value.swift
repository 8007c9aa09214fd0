/// A value of the expression language, of variables and of stored data: JSON's shapes and CEL's scalars.
///
/// Equality here is identity of content (`.int(1) != .double(1)`, strings by their UTF-8 bytes), as storage needs it.
/// CEL's own `==`, which compares numbers across types, is ``Value/celEquals(_:)``.
package enum Value: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case list([Value])
  case map(ValueMap)
}
