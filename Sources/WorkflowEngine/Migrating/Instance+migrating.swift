import CEL

/// How the event of a migration folds.
extension Instance {
  mutating func migrate(_ migrated: Migrated) {
    workflow = migrated.workflow ?? workflow
    version = migrated.version
    definition = migrated.definition
    title = migrated.title
    for branch in migrated.dropped { drop(branch) }
    for visit in migrated.reopened { releaseToken(visit.step, visit.visit) }
    for visit in migrated.kept { keep(visit) }
    move { migrated.place(of: $0) }
    rename { migrated.renamed[$0] ?? $0 }
    for visit in migrated.kept {
      let step = migrated.place(of: visit.step)
      counts[step] = max(counts[step] ?? 0, visit.number)
    }
    write(migrated.vars, unset: migrated.unset)
    timers = migrated.timers
    listens = []
  }

  /// Ends a branch with everything in it.
  private mutating func drop(_ branch: Frame.Parent) {
    var inside: Set<Int> = []
    for frame in frames where frame.parent.map({ $0 == branch || inside.contains($0.frame) }) ?? false {
      inside.insert(frame.id)
    }
    let gone = Set(
      tokens.filter { inside.contains($0.frame) || ($0.frame == branch.frame && $0.branch == branch.branch) }.map(\.id))
    tokens.removeAll { gone.contains($0.id) }
    visits.removeAll { gone.contains($0.token) }
    frames.removeAll { inside.contains($0.id) }
    guard let index = frames.firstIndex(where: { $0.id == branch.frame }) else { return }
    frames[index].branches[branch.branch].state = .ended
  }

  private mutating func keep(_ kept: KeptVisit) {
    change(kept.step, kept.visit) { visit in
      visit.number = kept.number
      visit.timers = kept.timers
      visit.listens = []
    }
    tokens[tokenIndex(token(in: kept.step, kept.visit))].visit = kept.number
  }

  /// Puts everything that is open in its place of now, all at once.
  private mutating func move(_ place: (StepID) -> StepID) {
    for index in tokens.indices { tokens[index].step = place(tokens[index].step) }
    for index in visits.indices { visits[index].step = place(visits[index].step) }
    for frame in frames.indices {
      frames[frame].gateway = frames[frame].gateway.map(place)
      for branch in frames[frame].branches.indices {
        frames[frame].branches[branch].step = place(frames[frame].branches[branch].step)
      }
    }
  }

  /// Gives what has been its name of now.
  private mutating func rename(_ name: (StepID) -> StepID) {
    for index in undos.indices { undos[index].step = name(undos[index].step) }
    counts = Dictionary(counts.map { (name($0), $1) }, uniquingKeysWith: max)
    // Where two steps have become one, the later visit is the latest.
    let all = results.sorted { ($0.value.visit, $0.key) < ($1.value.visit, $1.key) }
    results = Dictionary(all.map { (name($0.key), $0.value) }, uniquingKeysWith: { $1 })
  }
}
