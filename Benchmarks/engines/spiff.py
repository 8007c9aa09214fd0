#!/usr/bin/env python3
"""The same work in SpiffWorkflow on SQLite: a start, four jobs and one approval, each durable before the next begins.

    spiff.py FOLDER INSTANCES      prints transitions and seconds, of as many processes as there are cores

Every transition is what a server would do for it: read the instance from the database, complete one task, run the engine until
it waits, write the instance back, commit. Each process has a database of its own, so that none waits for another's lock.
"""

import json
import multiprocessing
import os
import sqlite3
import sys
import time

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

STEPS = ["reserve", "charge", "pack", "ship", "approve"]
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def definition():
    """Five tasks that somebody else completes, one after the other."""
    nodes = ["start", *STEPS, "end"]
    flows = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in zip(nodes, nodes[1:]))
    tasks = "".join(f'<userTask id="{step}" name="{step}"/>' for step in STEPS)
    return (
        f'<definitions xmlns="{BPMN}" targetNamespace="order"><process id="order" isExecutable="true">'
        f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}</process></definitions>')


class Office:
    def __init__(self, path):
        parser = BpmnParser()
        parser.add_bpmn_str(definition().encode())
        self.spec = parser.get_spec("order")
        self.serializer = BpmnWorkflowSerializer()
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute("CREATE TABLE instance (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")

    def start(self, number):
        workflow = BpmnWorkflow(self.spec)
        workflow.data.update(customer=f"customer {number}", amount=f"{number % 900}.50")
        workflow.do_engine_steps()
        self.database.execute(
            "INSERT INTO instance VALUES (?, ?)", (number, self.serializer.serialize_json(workflow)))

    def complete(self, number, step):
        (state,) = self.database.execute("SELECT state FROM instance WHERE id = ?", (number,)).fetchone()
        workflow = self.serializer.deserialize_json(state)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        assert task.task_spec.name == step, (task.task_spec.name, step)
        task.data["result"] = {"status": 200, "body": {"id": f"{step}-{number}"}}
        task.run()
        workflow.do_engine_steps()
        assert workflow.is_completed() == (step == STEPS[-1])
        self.database.execute(
            "UPDATE instance SET state = ? WHERE id = ?", (self.serializer.serialize_json(workflow), number))


def live(path, instances):
    office = Office(path)
    for number in range(instances):
        office.start(number)
        for step in STEPS:
            office.complete(number, step)


def main(folder, instances):
    processes = os.cpu_count()
    each = instances // processes
    workers = [
        multiprocessing.Process(target=live, args=(os.path.join(folder, f"spiff-{index}.db"), each))
        for index in range(processes)
    ]
    start = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(worker.exitcode == 0 for worker in workers)
    print(json.dumps({"transitions": each * processes * (1 + len(STEPS)), "seconds": time.monotonic() - start}))


if __name__ == "__main__":
    if sys.argv[1] == "--present":
        sys.exit(0)
    main(sys.argv[1], int(sys.argv[2]))
