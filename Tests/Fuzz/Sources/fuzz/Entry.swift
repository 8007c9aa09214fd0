import Foundation

/// The target that `TARGET` names.
private let target: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return target
}()

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
package func take(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let fault = target.fault(bytes) { fatalError(fault) }
  return 0
}
