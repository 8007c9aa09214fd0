#!/usr/bin/env python3
"""Verifies a record of Writ with stock git and nothing of Writ's own: python3 verify_record.py STATE [--anchor COMMIT].

Prints one line for each thing that is wrong, and ends with 1 if there is any.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

from record_files import Record, event_of, head_of, sha256
from record_fold import Fold, visits
from record_growth import growth
from record_judge import Judge

INSTANCE = re.compile(r"^(instances|archive)/(?:\d/)*\dx/([^/.]+-(\d+))((?:\.[^/]*)?)$")

FOLDERS = {"deployed", "deployments", "versions", "instances", "archive", "requests", "messages", "acceptances"}
# A commit as the runner makes them: at one moment, in its own name, and with no other header.
MADE = re.compile(
    rb"tree \w{40}\n(?:parent \w{40}\n)*author Writ <runner@writ\.invalid> (\d+ \+0000)\n"
    rb"committer Writ <runner@writ\.invalid> \1\n\n")
# The signature between the other headers and the message.
SIGNED = re.compile(rb"(tree [^\n]*\n(?:[a-z]+ [^\n]*\n)*?)gpgsig (-----BEGIN SSH SIGNATURE-----\n(?: [^\n]*\n)*? -----END SSH SIGNATURE-----)\n")
MESSAGE = re.compile(r"^messages/(?:.*/)?(\d+)\.yaml$")


class Verifier:
    def __init__(self, folder):
        self.record, self.problems, self.stories, self.copied = Record(folder), [], {}, None
        self.signing = {}

    def note(self, place, words):
        self.problems.append(f"{place}: {words}")

    def run(self, anchor):
        done = subprocess.run(
            ["git", "-C", self.record.folder, "fsck", "--full", "--strict", "--no-dangling", "--no-progress"],
            capture_output=True,
        )
        if done.returncode:
            self.note("git fsck", done.stderr.decode(errors="replace").strip() or "failed")
        self.surroundings()
        self.chain(anchor)
        growth(self.record, self.note)
        self.layout()
        self.instances()
        self.ties()
        self.books()

    def surroundings(self):
        """Nothing makes stock git show other objects than there are."""
        for name in self.record.git("for-each-ref", "--format=%(refname)", "refs/replace/").split():
            self.note(name, "makes git show something else")
        folder = self.record.git("rev-parse", "--path-format=absolute", "--git-common-dir").strip()
        for file in ("info/grafts", "shallow"):
            if os.path.exists(f"{folder}/{file}"):
                self.note(file, "makes git show another history")

    def chain(self, anchor):
        log = self.record.git("log", "--first-parent", "--format=%H%x00%P%x00%ct%x00%B%x01", self.record.tip)
        after, commits, self.last = None, [], (None, None, None)
        for commit in log.split("\1\n"):
            if not commit.strip():
                continue
            name, parents, time, message = commit.lstrip("\n").split("\0")
            commits.append(name)
            if not MADE.match(self.unsigned(name)):
                self.note(name, "is not as the runner makes commits")
            found = re.search(r"\n\nWrit-Sequence: (\d+)\nWrit-Term: (\d+)\n(?:Writ-Deployed: (\w+)\n)?\s*$", message)
            if len(parents.split()) > 1:
                self.note(name, "is a merge")
            if not found:
                self.note(name, "has no trailers")
                after = None
                continue
            now = (int(found[1]), int(found[2]), int(time))
            if after is None and len(commits) == 1:
                self.last = (found[1], found[2], found[3])
            if after and (after[0] != now[0] + 1 or after[1] < now[1] or after[2] < now[2]):
                self.note(name, f"{now} is followed by {after}")
            if not parents and now[0] != 1:
                self.note(name, f"is the first and has sequence {now[0]}")
            after = now
            if found[3] and found[3] == self.last[2]:
                self.copied = name
        if anchor and anchor not in commits:
            self.note(anchor, "is remembered outside and not part of the record")

    def unsigned(self, name):
        """The commit as it was before it was signed, where the writ.yaml in it wants that; by stock ssh-keygen."""
        raw = self.record.blob(name, b"commit")
        found = SIGNED.match(raw)
        keys = self.signers(name)
        if not found:
            if keys:
                self.note(name, "is not signed, and writ.yaml wants it")
            return raw
        commit = found[1] + raw[found.end():]
        with tempfile.TemporaryDirectory() as folder:
            allowed, signature = (os.path.join(folder, file) for file in ("allowed", "signature"))
            with open(allowed, "w") as file:
                file.writelines(f'runner namespaces="git" {key}\n' for key in keys)
            with open(signature, "wb") as file:
                file.write(found[2].replace(b"\n ", b"\n") + b"\n")
            done = subprocess.run(
                ["ssh-keygen", "-q", "-Y", "verify", "-f", allowed, "-I", "runner", "-n", "git", "-s", signature],
                input=commit, capture_output=True)
        if done.returncode:
            self.note(name, "is not signed by a key that its writ.yaml names")
        return commit

    def signers(self, commit):
        blob = self.record.git("ls-tree", "--object-only", commit, "deployed/writ.yaml").strip()
        if blob not in self.signing:
            text = self.record.blob(blob, b"blob").decode() if blob else ""
            section = re.search(r"(?m)^signed-by:(.*(?:\n[ -].*)*)", text)
            self.signing[blob] = re.findall(r"ssh-ed25519 [A-Za-z0-9+/=]+", section[1]) if section else []
        return self.signing[blob]

    def layout(self):
        """Plain files where the layout has them, and nothing else; what was deployed is what its first commit copied."""
        for path, mode in self.record.modes.items():
            top = path.split("/")[0]
            if top not in FOLDERS and path not in ("format.yaml", "runner.yaml"):
                self.note(path, "is nothing that the runner writes")
            if mode != "100644" and (mode, top) != ("100755", "deployed"):
                self.note(path, f"has the mode {mode}")
        if self.copied:
            now, then = (self.record.git("rev-parse", f"{commit}:deployed") for commit in (self.record.tip, self.copied))
            if now != then:
                self.note("deployed", "is not what was there when its commit was deployed")

    def ties(self):
        """A child and its caller name each other; a message reached those who say so, as it was sent."""
        children, callers, received = {}, {}, {}
        for name, events in self.stories.items():
            caller = events[0].get("caller")
            if caller:
                callers[name] = (caller["instance"], caller["step"], caller["visit"])
            for event in events:
                if event["event"] == "child-started":
                    children[event["child"]] = (name, event["step"], event["visit"])
                if event["event"] == "received":
                    what = (event["message"], event.get("key"), event["by"])
                    received.setdefault(event["number"], []).append((name, what))
        for child in children.keys() | callers.keys():
            if children.get(child) != callers.get(child):
                self.note(child, "was called by another than it says")
        for path in self.record.files:
            found = MESSAGE.match(path)
            if not found:
                continue
            told, _ = head_of(self.record.read(path).decode())
            reached = received.get(int(found[1]), [])
            if {name for name, _ in reached} != set(told.get("instances", [])):
                self.note(path, "reached others than it says")
            for name, what in reached:
                if what != (told["message"], told.get("key"), told["by"]):
                    self.note(path, f"is not the message that {name} received")
        for number in received.keys() & self.numbers:
            self.note(f"message {number}", "was received, and is an instance")

    def instances(self):
        owned, self.numbers = {}, set()
        for path in self.record.files:
            if path.split("/")[0] not in ("instances", "archive"):
                continue
            found = INSTANCE.match(path)
            if not found:
                self.note(path, "is no file of an instance")
                continue
            owned.setdefault((found[1], found[2]), []).append(found[4])
        for (place, name), suffixes in sorted(owned.items()):
            number = int(name.rsplit("-", 1)[1])
            if ".yaml" not in suffixes:
                self.note(name, "has no head")
                continue
            if number in self.numbers:
                self.note(name, "is there twice")
            self.numbers.add(number)
            folder = f"{place}/{'/'.join(str(number // 10))}x"
            try:
                self.instance(place, name, f"{folder}/{name}", suffixes)
            except (ValueError, KeyError, IndexError, TypeError) as error:
                self.note(f"{folder}/{name}", f"cannot be read: {error!r}")

    def instance(self, place, name, base, suffixes):
        head, lines = head_of(self.record.read(base + ".yaml").decode())
        if head["instance"] != name:
            self.note(base, f"says that it is {head['instance']}")
        earlier, digest = [], None
        for part in range(1, int(head["before"].get("parts", 0)) + 1):
            content = self.record.read(f"{base}.p{part}.yaml")
            told, more = head_of(content.decode())
            if told["before"]["digest"] not in (digest, "null" if digest is None else digest):
                self.note(base, f"part {part} does not follow on the one before it")
            earlier, digest = earlier + more, sha256(content)
        if head["before"]["digest"] != (digest or "null") or int(head["before"]["events"]) != len(earlier):
            self.note(base, "its last part is not the one that it names")
        events = [event_of(line) for line in earlier + lines]
        self.stories[name] = events
        fold = Fold()
        judge = Judge(lambda words: self.note(base, f"event {event['n']}: {words}"))
        for index, event in enumerate(events, 1):
            if event["n"] != index or (event["event"] == "started") != (index == 1):
                self.note(base, f"its events are not numbered 1, 2, 3 ... from a start ({event['n']})")
            judge.add(event)
            try:
                fold.add(event)
            except ValueError as error:
                return self.note(base, f"event {event['n']}: {error}")
        self.compare(place, base, head, fold, events)
        self.beside(base, head, events, suffixes)

    def compare(self, place, base, head, fold, events):
        start = events[0]
        versions = [event for event in events if event["event"] in ("started", "migrated")]
        pinned, named = versions[-1], [event for event in versions if "workflow" in event][-1]
        same = {
            "workflow": named["workflow"], "version": str(pinned["version"]), "definition": pinned["definition"],
            "title": pinned["title"], "instance": start["instance"], "object": start.get("object"),
            "outcome": fold.outcome,
        }
        for field, value in same.items():
            if head.get(field) != value:
                self.note(base, f"{field} is not what the events say")
        if head["started"] != {"at": start["at"], "by": start["by"]}:
            self.note(base, "began otherwise than its first event says")
        for field, value in {
            "input": start.get("input", {}), "caller": start.get("caller"), "about": start.get("about"),
            "vars": fold.vars, "counts": fold.counts, "listens": fold.listens, **standing(fold),
        }.items():
            if plain(told(head, field)) != plain(value):
                self.note(base, f"its {field} are not what the events make")
        if bool(fold.ended) != (head["status"] in ("completed", "cancelled")):
            self.note(base, "has ended otherwise than its events say")
        if not fold.ended and (head["status"] == "suspended") != fold.is_suspended:
            self.note(base, "is suspended otherwise than its events say")
        if place == "archive" and not fold.ended:
            self.note(base, "is in the archive and has not ended")
        for visit in head.get("visits", []):
            asked = fold.asked.get((visit["step"], int(visit["visit"])))
            if visit.get("waiting") == "task" and visit["pool"] != asked:
                self.note(base, f"asks others at {visit['step']}.{visit['visit']} than its events say")
            opened = [event for event in events if event["event"] == "level-opened"
                      and (event["step"], str(event["visit"])) == (visit["step"], visit["visit"])]
            if opened and any(visit.get(key) != opened[-1][key] for key in ("digest", "nonce", "level")):
                self.note(base, f"asks otherwise at {visit['step']}.{visit['visit']} than its events say")

    def beside(self, base, head, events, suffixes):
        text = f"versions/{head['workflow']}/_/{head['version']}.text.yaml"
        if text not in self.record.files or sha256(self.record.read(text)) != head["definition"]:
            self.note(text, f"is not the text that {head['instance']} runs on")
        for value in head.get("values", []):
            index = "" if value.get("index", "1") == "1" else "." + value["index"]
            if sha256(self.record.read(f"{base}.v{value['event']}{index}.json")) != value["digest"][7:]:
                self.note(base, f"a value of event {value['event']} was changed")
        for event in events:
            if event["event"] == "decided" and "evidence" in event:
                path = f"{base}.e{event['n']}"
                if path not in self.record.files or sha256(self.record.read(path)) != event["evidence"]:
                    self.note(path, "is missing or changed")
            if event["event"] == "level-opened" and f".{event['step']}.{event['visit']}.yaml" not in suffixes:
                self.note(base, f"the view of {event['step']}.{event['visit']} is missing")
        for suffix in suffixes:
            found = re.match(r"^\.([a-z][a-z0-9_]*)\.(\d+)\.yaml$", suffix)
            if found:
                self.view(base + suffix, found[1], int(found[2]), events)

            elif not named(suffix, head, events):
                self.note(base + suffix, "belongs to no event")
        for event in events:
            if event["event"] == "level-opened" and sha256(self.facts(base, head, event)) != event["digest"]:
                self.note(base, f"event {event['n']} shows other facts than its digest")

    def facts(self, base, head, event):
        """What was shown, in the bytes that a decision binds to."""
        def whole(value):
            if isinstance(value, list):
                return [whole(one) for one in value]
            if not isinstance(value, dict):
                return value
            for kept in head.get("values", []):
                if value.get("$value") == kept["digest"]:
                    index = "" if kept.get("index", "1") == "1" else "." + kept["index"]
                    return json.loads(self.record.read(f"{base}.v{kept['event']}{index}.json"))
            return {key: whole(one) for key, one in value.items()}

        shown = [{"label": label, "value": whole(one)} for fact in event.get("shown", []) for label, one in fact.items()]
        return json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def view(self, path, step, visit, events):
        """Says what the events say: outcome, who was asked, each decision."""
        text = self.record.read(path).decode()
        own = [event for event in events if event.get("step") == step and event.get("visit") == visit]
        ends = [event["outcome"] for event in own if event["event"] == "left"]
        ends += ["superseded" for event in own if event["event"] == "superseded"]
        ends += [f"moved on to version {event['version']}" for event in events
                 if event["event"] == "migrated"
                 and (step, visit) in visits(event, "reopened") + visits(event, "cancelled")]
        if f"\noutcome: {ends[-1] if ends else 'open'}\n" not in text:
            self.note(path, "has another outcome than its events")
        decided = [event for event in own if event["event"] == "decided"]
        told = re.findall(r"(?m)^      - \"?(\S+) (?:approved|rejected|returned)[^\n]* at (\S+?),", text)
        if told != [(event["by"], event["at"]) for event in decided]:
            self.note(path, "has other decisions than its events")
        for event in own:
            if event["event"] != "level-opened":
                continue
            for seat in event["pool"]:
                if f"- {seat['person']}, because" not in text and f"- \"{seat['person']}" not in text:
                    self.note(path, f"does not say that {seat['person']} was asked")

    def books(self):
        files = self.record.files
        for path in ("format.yaml", "runner.yaml"):
            if path not in files:
                return self.note(path, "is missing")
        runner, _ = head_of(self.record.read("runner.yaml").decode())
        if (runner["sequence"], runner["term"], runner.get("deployed")) != getattr(self, "last", None):
            self.note("runner.yaml", "is not what the trailers of the last commit say")
        self.given(int(runner["next"]))
        for path in files:
            if path.startswith("versions/") and path.endswith(".yaml") and not path.endswith(".text.yaml"):
                version, _ = head_of(self.record.read(path).decode())
                text = path[:-5] + ".text.yaml"
                if text not in files or sha256(self.record.read(text)) != version["digest"]:
                    self.note(path, "does not describe the text beside it")
            if path.startswith("requests/"):
                keys, _ = head_of(self.record.read(path).decode())
                numbers = {int(one["instance"]) for one in keys["requests"] if "instance" in one}
                if not path.endswith(f"/{keys['sequence']}.yaml") or not numbers <= self.numbers:
                    self.note(path, "is not the page of its batch, or tells of an instance that is not there")

    def given(self, following):
        """Instances and messages share their numbers. Messages are forgotten after a while, instances never."""
        known = self.numbers | {int(found[1]) for found in map(MESSAGE.match, self.record.files) if found}
        if max(known, default=0) >= following:
            self.note("runner.yaml", f"would give the number {following} again")
        missing = set(range(1, following)) - known
        if missing:
            gone = self.record.git(
                "log", "--format=", "--diff-filter=D", "--name-only", "--no-renames", self.record.tip, "--", "messages")
            missing -= {int(found[1]) for found in map(MESSAGE.match, gone.split("\n")) if found}
        for number in sorted(missing):
            self.note(f"instance {number}", "is missing")


def named(suffix, head, events):
    """Whether a file beside the head is one that the head or an event names."""
    if suffix == ".yaml":
        return True
    part = re.match(r"^\.p(\d+)\.yaml$", suffix)
    if part:
        return int(part[1]) <= int(head["before"].get("parts", 0))
    value = re.match(r"^\.v(\d+)(?:\.(\d+))?\.json$", suffix)
    if value:
        return any((one["event"], one.get("index", "1")) == (value[1], value[2] or "1") for one in head.get("values", []))
    proof = re.match(r"^\.e(\d+)$", suffix)
    number = int(proof[1]) if proof else 0
    return 0 < number <= len(events) and events[number - 1]["event"] == "decided"


def standing(fold):
    """Where control stands, in the words of a head."""
    frames = []
    for name, frame in fold.frames.items():
        shown = {"id": name, "branches": [{"step": step, "state": state} for step, state in frame["branches"]]}
        if frame["gateway"]:
            shown["gateway"] = frame["gateway"]
        if frame["parent"]:
            shown["parent"], shown["branch"] = frame["parent"]
        if frame["items"] is not None:
            shown.update(visit=frame["visit"], entered=frame["entered"], items=frame["items"])
        frames.append(shown)
    tokens = [{"id": name, **place(token)} for name, token in fold.tokens.items()]
    results = [{"step": step, **result} for step, result in sorted(fold.results.items())]
    return {
        "tokens": tokens, "frames": frames, "results": results, "undos": fold.undos,
        "last": {"event": fold.events, "token": fold.last_token, "frame": fold.last_frame},
    }


def place(token):
    step, visit = token["at"]
    known = {"step": step, "visit": visit, "frame": token["frame"] or None, "branch": token["branch"] or None}
    return {key: value for key, value in known.items() if value is not None}


def told(head, field):
    """What a head says, absent lists and maps as they are meant."""
    value = head.get(field, {} if field in ("input", "vars", "counts") else None)
    if field == "last":
        return {key: one for key, one in value.items() if key != "at"}
    return [] if value is None and field in ("listens", "tokens", "frames", "results", "undos") else value


def plain(value):
    """Scalars as the texts that both spellings share."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def main(arguments):
    anchor = arguments[arguments.index("--anchor") + 1] if "--anchor" in arguments else None
    try:
        verifier = Verifier(arguments[0])
        verifier.run(anchor)
        problems = verifier.problems
    except (ValueError, KeyError) as error:
        problems = [f"the record cannot be read: {error!r}"]
    print("\n".join(problems) if problems else "the record holds")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
