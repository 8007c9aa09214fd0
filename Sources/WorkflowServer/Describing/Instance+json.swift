package import CEL
import WorkflowEngine
package import WorkflowFiles
import WorkflowReports
import WorkflowRunner

/// What the API tells of an instance. Keys are spelt as expressions spell them: `started_at`.
extension Instance {
  /// A line of a list.
  var summary: ValueMap {
    var body: ValueMap = [
      "id": .string(id.description), "number": .int(Int64(id.number)), "workflow": .string(workflow),
      "version": .int(Int64(version)), "title": .string(title), "status": .string(status.rawValue),
      "initiator": .string(initiator), "started_at": .string(startedAt.description), "events": .int(Int64(events)),
      "has_incident": .bool(hasIncident),
    ]
    body["due"] = due.map { .string($0.description) }
    body["ended_at"] = endedAt.map { .string($0.description) }
    body["outcome"] = outcome.map { .string($0) }
    return body
  }

  var json: Value {
    var body = summary
    body["input"] = .map(input)
    body["vars"] = .map(vars)
    body["suspended"] = .bool(isSuspended)
    body["definition"] = .string(definition)
    body["open"] = .list(visits.map { .map($0.json(in: self)) })
    body["caller"] = caller.map {
      [
        "instance": .string($0.instance.description), "step": .string($0.step), "visit": .int(Int64($0.visit)),
      ]
    }
    body["output"] = output.map { .map($0) }
    return .map(body)
  }
}

extension Visit {
  func json(in instance: Instance) -> ValueMap {
    var body: ValueMap = [
      "id": .string("\(instance.id).\(step).\(number)"), "step": .string(step), "visit": .int(Int64(number)),
      "since": .string(since.description), "type": .string(type), "asked": .list(asked.map { .string($0) }),
    ]
    body["due"] = due.map { .string($0.description) }
    body["item"] = instance.itemWords(at: token).map { .string($0) }
    if let call {
      body["calls"] = .string(call.workflow)
      body["child"] = call.child.map { .string($0.description) }
    }
    body["undoes"] = undoes.map { .int(Int64($0)) }
    if let questions = approval?.questions, !questions.isEmpty { body["questions"] = .list(questions.map(\.json)) }
    if let incident {
      body["incident"] = [
        "code": .string(incident.code), "message": .string(incident.message),
        "since": .string(incident.since.description),
      ]
    }
    return body
  }

  private var type: String {
    switch work {
    case .task: "task"
    case .approval: "approval"
    case .job: "job"
    case .wait: "wait"
    case .state: "state"
    case .call: "call"
    case .blocked: "blocked"
    }
  }
}

extension WorkItem {
  /// A line of `/api/tasks` or `/api/approvals`.
  var summary: ValueMap {
    visit.json(in: of.instance).merging([
      "instance": .string(of.instance.id.description), "workflow": .string(of.instance.workflow),
      "title": .string(label), "initiator": .string(of.instance.initiator),
    ])
  }

  func json(of runner: Runner) -> Value {
    var body = summary
    switch visit.work {
    case .task(let task):
      body["shown"] = .list(task.shown.map(\.json))
      body["prefill"] = .map(task.prefill)
      if case .task(let definition)? = step?.kind {
        body["outcomes"] = .list(definition.outcomes.map { .string($0) })
        body["form"] = definition.form?.source
      }
    case .approval(let open):
      body["level"] = .string(open.levelName)
      body["shown"] = .list(open.shown.map(\.json))
      body["digest"] = .string(open.digest)
      body["nonce"] = .string(open.nonce)
      body["definition"] = .string(of.instance.definition)
      body["repository"] = .string(runner.snapshot.repository)
      body["assurance"] = open.rule.assurance.map { .string($0.rawValue) }
      body["decisions"] = .list((open.earlier + open.decisions).map(\.json))
      body["questions"] = .list(open.questions.map(\.json))
      body["excluded"] = .list(open.excluded.map { ["person": .string($0.person), "because": .string($0.because)] })
      body["pool"] = .list(
        open.pool.map { $0.json(coveredBy: runner.policy().covers(for: $0.person, at: runner.clock())) })
    case .job, .wait, .call, .state, .blocked: break
    }
    return .map(body)
  }
}

extension Seat {
  /// - Parameter covers: who may decide on it today because its person is absent.
  fileprivate func json(coveredBy covers: [PersonID]) -> Value {
    [
      "person": .string(person), "holder": .string(holder),
      "covered_by": .list(lentTo.isEmpty ? covers.map { .string($0) } : []),
    ]
  }
}

extension Question {
  fileprivate var json: Value {
    var body: ValueMap = [
      "number": .int(Int64(number)), "by": .string(by), "to": .string(to), "text": .string(text),
      "at": .string(at.rfc3339Milliseconds),
    ]
    if let answer {
      body["answer"] = [
        "by": .string(answer.by), "text": .string(answer.text), "at": .string(answer.at.rfc3339Milliseconds),
      ]
    }
    return .map(body)
  }
}

extension Shown {
  var json: Value { ["label": .string(label), "value": value] }
}

extension Decision {
  var json: Value {
    var body: ValueMap = [
      "decision": .string(verdict.rawValue), "by": .string(by), "at": .string(at.description), "level": .string(level),
      "assurance": .string(assurance.rawValue),
    ]
    body["acting_for"] = actingFor.map { .string($0) }
    body["key"] = key.map { .string($0) }
    body["reason"] = reason.map { .string($0) }
    return .map(body)
  }
}

extension DeployReport {
  /// As `/api/deployments` tells it.
  package var json: Value {
    [
      "commit": .string(commit), "at": .string(at.description), "by": .string(by), "subject": .string(subject),
      "deployed": .bool(isDeployed), "people": .bool(isInForce),
      "versions": .map(ValueMap(versions.map { ($0.key, .int(Int64($0.value))) })),
      "retired": .list(retired.map { .string($0) }), "findings": .list(findings.map { .string($0) }),
      "migrations": .list(migrations.map(\.json)),
    ]
  }

  var row: DeploymentRow {
    var row = DeploymentRow(
      commit: commit, at: at, by: by, subject: subject, isDeployed: isDeployed,
      versions: versions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, retired: retired, findings: findings,
      migrations: migrations.map { migration in
        DeploymentRow.Migration(
          name: migration.workflow, moved: migration.moved, more: migration.more,
          stayed: migration.stayed.map { ($0.instance, $0.reasons) })
      })
    row.takesAuthority = takesAuthority
    return row
  }
}

extension MigrationReport {
  fileprivate var json: Value {
    let stayed: [Value] = stayed.map {
      ["instance": .string($0.instance.description), "because": .list($0.reasons.map { .string($0) })]
    }
    return [
      "workflow": .string(workflow), "version": .int(Int64(version)), "moved": .int(Int64(moved)),
      "stayed": .list(stayed), "more": .int(Int64(more)),
    ]
  }
}
