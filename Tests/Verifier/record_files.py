"""Reads the files of a record with stock git: heads and timelines."""
import hashlib
import json
import os
import re
import subprocess

# Objects as they are, and not what somebody would have git show in their place.
PLAIN = {**os.environ, "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}

NAME = re.compile(r"^[a-z-]+$")


class Record:
    """The files of one commit, read through `git cat-file --batch`."""

    def __init__(self, folder):
        self.folder = folder
        self.tip = self.git("rev-parse", "refs/heads/state").strip()
        self.files, self.modes, self.batch = {}, {}, None
        for line in self.git("ls-tree", "-r", "-z", self.tip).split("\0")[:-1]:
            about, path = line.split("\t", 1)
            self.modes[path], _, self.files[path] = about.split()

    def git(self, *arguments):
        done = subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True, env=PLAIN)
        if done.returncode:
            raise ValueError(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode(errors="replace")

    def read(self, path):
        return self.blob(self.files[path])

    def blob(self, name, kind=b"blob"):
        """One process answers for all."""
        if self.batch is None:
            self.batch = subprocess.Popen(
                ["git", "-C", self.folder, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=PLAIN)
        try:
            self.batch.stdin.write(name.encode() + b"\n")
            self.batch.stdin.flush()
            about = self.batch.stdout.readline().split()
            if len(about) != 3 or about[1] != kind:
                raise ValueError(f"{name}: cannot be read")
            return self.batch.stdout.read(int(about[2]) + 1)[:-1]
        except OSError:
            raise ValueError(f"{name}: cannot be read") from None


def flow(text):
    """Reads one value of the record's heads: flow YAML whose plain scalars stay texts."""
    place = 0

    def skip():
        nonlocal place
        while place < len(text) and text[place] == " ":
            place += 1

    def value(stops):
        nonlocal place
        skip()
        if text[place] == "{":
            return members({}, "}")
        if text[place] == "[":
            return members([], "]")
        if text[place] == '"':
            read, end = json.JSONDecoder().raw_decode(text, place)
            place = end
            return read
        start = place
        while place < len(text) and text[place] not in stops and text[place : place + 2] != ": ":
            place += 1
        return text[start:place].strip()

    def members(into, end):
        nonlocal place
        place += 1
        skip()
        while text[place] != end:
            item = value(",}]")
            if isinstance(into, dict):
                if item in into:
                    raise ValueError(f"says {item!r} twice")
                place += 2
                into[item] = value(",}]")
            else:
                into.append(item)
            skip()
            if text[place] == ",":
                place += 1
                skip()
        place += 1
        return into

    return value("") if text else None


def head_of(text):
    """A main file: its fields, and its timeline's lines."""
    fields, lines, name = {}, [], None
    for line in text.split("\n")[:-1]:
        if name == "timeline":
            lines.append(line)
        elif line.startswith("  - "):
            fields.setdefault(name, []).append(flow(line[4:]))
        else:
            name, _, rest = line.partition(":")
            if name in fields or not NAME.match(name) or line != line.rstrip():
                raise ValueError(f"says {line!r}")
            if rest.strip():
                fields[name] = flow(rest.strip())
    return fields, lines


def event_of(line):
    """One line of a timeline, which is written in one way only."""
    event = json.loads(line[4:])
    if line != "  - " + json.dumps(event, ensure_ascii=False):
        raise ValueError(f"event {event.get('n')} is not as the runner writes it")
    return event


def sha256(content):
    return hashlib.sha256(content).hexdigest()
