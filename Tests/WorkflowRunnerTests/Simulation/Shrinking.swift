/// Makes the story of a failure as short as it can: takes moves out as long as the same invariant breaks.
enum Shrinking {
  /// - Returns: the shortest list found, and what breaks with it; `nil` where nothing breaks.
  static func shortest(_ moves: [Move], bug: Bug? = nil) -> (moves: [Move], broken: Broken)? {
    guard var broken = failure(of: moves, bug) else { return nil }
    var moves = moves
    var size = moves.count / 2
    while size >= 1 {
      var start = 0
      var isShorter = false
      while start < moves.count {
        let fewer = Array(moves[..<start] + moves[min(start + size, moves.count)...])
        if let same = failure(of: fewer, bug), same.invariant == broken.invariant {
          (moves, broken, isShorter) = (fewer, same, true)
        } else {
          start += size
        }
      }
      if size == 1, !isShorter { break }
      size = size > 1 ? size / 2 : 1
    }
    return (moves, broken)
  }

  static func failure(of moves: [Move], _ bug: Bug? = nil) -> Broken? {
    do {
      _ = try Simulation.run(moves, bug: bug)
      return nil
    } catch let broken as Broken {
      return broken
    } catch {
      return Broken(.recovered, "\(error)")
    }
  }
}
