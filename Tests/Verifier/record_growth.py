"""The record only grows: what one commit told, every later one tells the same, and its subject says what it told."""
import json
import re
from datetime import datetime

HEAD = re.compile(r"^(?:instances|archive)/(?:\d/)*\d+x/([^/.]+)\.yaml$")
FIXED = re.compile(r"^(?:instances|archive)/(?:\d/)*\d+x/([^/.]+\.(?:p\d+\.yaml|e\d+|v[\d.]+json))$")
NONE = "0" * 40
REMEMBERED = 30 * 86_400


def growth(record, note):
    """Follows the files of instances, versions and messages through every commit."""
    log = record.git(
        "log", "--reverse", "--first-parent", "--root", "--raw", "--no-abbrev", "--no-renames", "-z",
        "--format=%x01%H%x00%ct%x00%(trailers:key=Writ-Deployed,valueonly,separator=)%x00%s", record.tip)
    deployed = None
    for entry in log.split("\1")[1:]:
        commit, time, now, subject, *fields = entry.strip("\n").split("\0")
        fields = [field.strip("\n") for field in fields if field.strip("\n")]
        heads, parts, lines = {}, {}, {}
        for about, path in zip(fields[::2], fields[1::2]):
            old, new = about.split()[2:4]
            head, fixed = HEAD.match(path), FIXED.match(path)
            if head:
                heads.setdefault(head[1], {}).update(
                    {side: blob for side, blob in (("old", old), ("new", new)) if blob != NONE})
            elif fixed:
                parts.setdefault(fixed[1], {}).update(
                    {side: blob for side, blob in (("old", old), ("new", new)) if blob != NONE})
            elif path.startswith("deployed/") and now == deployed:
                note(commit, f"{path} changed, and nothing was deployed")
            elif (path.startswith("versions/") or path == "format.yaml") and old != NONE:
                note(commit, f"{path} is not what it was")
            elif path.startswith("messages/") and new == NONE and not is_old(record.blob(old), int(time)):
                note(commit, f"{path} was forgotten before its time")
        for name, turn in parts.items():
            if "old" in turn and turn.get("new") != turn["old"]:
                note(commit, f"{name} is not what it was")
        for name, turn in heads.items():
            if "new" not in turn:
                note(commit, f"{name} was removed")
                continue
            closed = sorted(
                (int(part.split(".p")[1][:-5]), blobs["new"]) for part, blobs in parts.items()
                if part.startswith(name + ".p") and "old" not in blobs and "new" in blobs)
            told = b"".join(timeline(record.blob(blob)) for _, blob in closed) + timeline(record.blob(turn["new"]))
            before = timeline(record.blob(turn["old"])) if "old" in turn else b""
            if not told.startswith(before):
                note(commit, f"{name} tells otherwise what was told before")
            elif told != before:
                lines[name] = told[len(before):].decode().splitlines()
        if not is_told(subject, now, lines):
            note(commit, f"says {subject!r}, and did something else")
        deployed = now


VERDICTS = {"approved": "approve", "rejected": "reject", "returned": "return"}


def is_told(subject, deployed, lines):
    """Whether the first line of a commit's message says what its events say."""
    found = re.match(r"^(.*?)(?:, )?deployed (\w+)$", subject)
    if found and deployed.startswith(found[2]):
        subject = found[1]
    if len(lines) != 1:
        count = sum(map(len, lines.values()))
        return not lines or subject == f"{count} transitions in {len(lines)} instances"
    (name, told), = lines.items()
    deed = re.search(r"(\S+) by (\S+)(?: for \S+)?$", subject)
    if not subject.startswith(name + ": ") or not deed:
        return subject.startswith(name + ": ")
    events = [event for event in map(json.loads, (line[4:] for line in told)) if event.get("by") == deed[2]]
    return any(
        deed[1] not in VERDICTS or event.get("decision") == VERDICTS[deed[1]] or event.get("outcome") == deed[1]
        for event in events)


def timeline(content):
    return content.partition(b"\ntimeline:\n")[2]


def is_old(content, time):
    """Whether the message came so long ago that it may be forgotten."""
    at = re.search(rb"(?m)^at: \"?([^\"\n]+)", content)
    return at and datetime.fromisoformat(at[1].decode().replace("Z", "+00:00")).timestamp() + REMEMBERED <= time + 1
