"""Judges a record from outside: stock git and this file, no code of the product's.

`problems(state, ledger)` says in words what is wrong; an empty list is a sound record that holds all that was acknowledged.
"""

import hashlib
import json
import os
import re
import subprocess

ENVIRONMENT = {
    "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C",
}
HEAD = re.compile(r"^(instances|archive)/(?:[0-9]/)*[0-9]?x/([a-z0-9._-]+-([0-9]+))\.yaml$")
PART = re.compile(r"^(instances|archive)/(?:[0-9]/)*[0-9]?x/([a-z0-9._-]+-[0-9]+)\.p([0-9]+)\.yaml$")


def git(state, *arguments, data=None):
    done = subprocess.run(["git", "-C", state, *arguments], input=data, capture_output=True, env=ENVIRONMENT)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def problems(state, ledger=()):
    """What is wrong with the record in the folder, given the lines of its clients' ledgers."""
    status, output, complaint = git(state, "fsck", "--full", "--strict", "--no-dangling")
    if status != 0 or b"missing" in output or "error" in complaint:
        return [f"fsck: {(output.decode(errors='replace') + complaint).strip()[:300]}"]
    files = read_files(state)
    instances = {}
    found = chain_problems(state)
    for path, content in sorted(files.items()):
        match = HEAD.match(path)
        if not match:
            continue
        place, name, number = match.groups()
        if number in instances:
            found.append(f"instance {number} is there twice: {path}")
        try:
            timeline, wrong = read_instance(files, path, place, name)
        except (ValueError, KeyError, IndexError) as error:
            found.append(f"{path} cannot be read: {error!r}")
            continue
        found += [f"{path}: {words}" for words in wrong]
        instances[number] = timeline
    return found + answer_problems(instances, ledger)


def read_files(state):
    """Every file of the tip by path."""
    status, output, complaint = git(state, "ls-tree", "-r", "-z", "--full-tree", "refs/heads/state")
    if status != 0:
        raise ValueError(complaint)
    rows = [row.split("\t", 1) for row in output.decode().split("\0") if row]
    ids = [meta.split()[2] for meta, _ in rows]
    _, output, _ = git(state, "cat-file", "--batch", data="".join(f"{id}\n" for id in ids).encode())
    files, place = {}, 0
    for _, path in rows:
        end = output.index(b"\n", place)
        length = int(output[place:end].split()[2])
        files[path] = output[end + 1:end + 1 + length]
        place = end + 2 + length
    return files


def chain_problems(state):
    """The commits are one chain, numbered without a gap, and terms never fall."""
    _, output, _ = git(state, "log", "--reverse", "--format=%H%x00%P%x00%B%x01", "refs/heads/state")
    found, last, term, before = [], 0, 0, ""
    for record in output.decode().split("\x01"):
        if not record.strip():
            continue
        commit, parents, body = record.strip("\n").split("\0")
        trailers = dict(re.findall(r"^(Writ-[A-Za-z]+): (.*)$", body, re.M))
        if parents != before:
            found.append(f"commit {commit} does not follow the one before it")
        if int(trailers.get("Writ-Sequence", 0)) != last + 1:
            found.append(f"commit {commit} has sequence {trailers.get('Writ-Sequence')} after {last}")
        if int(trailers.get("Writ-Term", 0)) < term:
            found.append(f"commit {commit} goes back to an earlier term")
        last, term, before = last + 1, int(trailers.get("Writ-Term", 0)), commit
    return found


def read_instance(files, path, place, name):
    """The events of an instance, and what is wrong with its file."""
    head, events = split(files[path])
    found, timeline = [], []
    before = re.match(r"^\{events: (\d+)(?:, parts: (\d+))?, digest: (.*)\}$", head["before"])
    parts = int(before[2] or 0)
    folder = path.rsplit("/", 1)[0]
    digest = "null"
    for number in range(1, parts + 1):
        content = files.get(f"{folder}/{name}.p{number}.yaml")
        if content is None:
            return [], [f"part {number} is missing"]
        part, lines = split(content)
        if not part["before"].endswith(f"digest: {digest}}}"):
            found.append(f"part {number} does not name the one before it")
        digest = '"' + hashlib.sha256(content).hexdigest() + '"'
        timeline += lines
    if before[3] != digest:
        found.append("the head does not name its last part")
    if int(before[1]) != len(timeline):
        found.append("the head does not count its parts' events")
    timeline += events
    if [event["n"] for event in timeline] != list(range(1, len(timeline) + 1)):
        found.append("events are not numbered without a gap")
    return timeline, found + fold_problems(head, timeline, place)


def split(content):
    """The lines of a file above its timeline as texts, and the events."""
    lines = content.decode().split("\n")
    place = lines.index("timeline:")
    head = dict(line.split(": ", 1) for line in lines[:place] if ": " in line and not line.startswith(" "))
    return head, [json.loads(line[4:]) for line in lines[place + 1:] if line]


def fold_problems(head, timeline, place):
    """The head says what its events add up to."""
    found = []
    first, last = timeline[0], timeline[-1]
    counts = {}
    for event in timeline:
        if event["event"] == "entered":
            counts[event["step"]] = counts.get(event["step"], 0) + 1
    expected = "{" + ", ".join(f"{step}: {counts[step]}" for step in sorted(counts)) + "}"
    ended = [event for event in timeline if event["event"] in ("completed", "cancelled")]
    facts = {
        "instance": first["instance"], "workflow": first["workflow"], "version": str(first["version"]),
        "definition": f'"{first["definition"]}"', "counts": expected,
        "started": f"{{at: {first['at']}, by: {first['by']}}}",
    }
    for key, value in facts.items():
        if head.get(key) != value:
            found.append(f"{key} is {head.get(key)}, its events say {value}")
    if not head["last"].startswith(f"{{event: {last['n']}, at: {last['at']},"):
        found.append(f"last is {head['last']}, its last event is {last['n']} at {last['at']}")
    if ended and (head["status"] != ended[-1]["event"] or head.get("outcome") != ended[-1].get("outcome")):
        found.append(f"status is {head['status']}, its events say {ended[-1]['event']}")
    if not ended and place == "archive":
        found.append("it is in the archive and has not ended")
    return found


def answer_problems(instances, ledger):
    """Everything acknowledged is there, once; what was denied is not."""
    by_marker, found = {}, []
    for number, timeline in instances.items():
        if timeline:
            by_marker.setdefault(timeline[0]["input"].get("marker"), []).append(timeline)
    last = {}
    for line in ledger:
        words = line.split()
        if len(words) == 3:
            last[words[1], words[2]] = "ack" if last.get((words[1], words[2])) == "ack" else words[0]
    for (marker, what), answer in sorted(last.items()):
        timelines = by_marker.get(marker, [])
        if len(timelines) > 1:
            found.append(f"{marker} was started {len(timelines)} times")
        times = sum(count(timeline, what) for timeline in timelines)
        if answer == "ack" and times != 1:
            found.append(f"'{what}' of {marker} was acknowledged and is there {times} times")
        if answer in ("not-done", "refused") and times != 0:
            found.append(f"'{what}' of {marker} was answered with '{answer}' and is there")
        if times > 1:
            found.append(f"'{what}' of {marker} is there {times} times")
    return found


def count(timeline, what):
    if what == "start":
        return 1
    if what == "charge":
        return sum(event["event"] == "left" and event["step"] == "charge" for event in timeline)
    return sum(event["event"] == "decided" for event in timeline)
