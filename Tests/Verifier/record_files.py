"""Reads the files of a record with stock git: heads and timelines."""
import hashlib
import json
import subprocess


class Record:
    """The files of one commit, read through `git cat-file --batch`."""

    def __init__(self, folder):
        self.folder = folder
        self.tip = self.git("rev-parse", "refs/heads/state").strip()
        self.files = {}
        for line in self.git("ls-tree", "-r", "-z", self.tip).split("\0")[:-1]:
            about, path = line.split("\t", 1)
            self.files[path] = about.split()[2]

    def git(self, *arguments):
        done = subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True)
        if done.returncode:
            raise ValueError(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode(errors="replace")

    def read(self, path):
        done = subprocess.run(["git", "-C", self.folder, "cat-file", "blob", self.files[path]], capture_output=True)
        if done.returncode:
            raise ValueError(f"{path}: cannot be read")
        return done.stdout


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
            if rest.strip():
                fields[name] = flow(rest.strip())
    return fields, lines


def sha256(content):
    return hashlib.sha256(content).hexdigest()
