"""Cuts the power between any two system calls of a run, on paper.

`strace` records what a run asked of the system, bytes included, and when it acknowledged what. From that the states that a
disk may legally be in after a power cut are made: what was synced is there; of the rest any part may be. A change of a
folder (a new name, a rename, a removal) counts as synced once the folder is, a file's bytes once the file is.
"""

import itertools
import os
import random
import re
import subprocess

CALLS = "openat,open,creat,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate,truncate,lseek,close"
LINE = re.compile(r"^(\d+) +([a-z0-9_]+)\((.*)\) += (-?\d+)(.*)$")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
HOW = ("synced", "now", "torn")


def record_run(command, trace):
    """Runs the command under strace; its exit code."""
    strace = ["strace", "-f", "-qq", "-xx", "-y", "-s", "100000000", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", trace]
    return subprocess.run(strace + command, capture_output=True, timeout=300).returncode


def text(quoted):
    return bytes.fromhex(quoted.replace("\\x", ""))


def strings(arguments):
    return [text(match) for match in TEXT.findall(arguments)]


def joined_lines(path):
    """Lines of a trace, with calls that were interrupted by others put together."""
    waiting = {}
    with open(path, encoding="latin-1") as file:
        for line in file:
            line = line.rstrip("\n")
            thread = line.split(" ", 1)[0]
            if line.endswith("<unfinished ...>"):
                waiting[thread] = line[:-len("<unfinished ...>")].rstrip()
                continue
            resumed = re.match(r"^(\d+) +<\.\.\. [a-z0-9_]+ resumed>(.*)$", line)
            if resumed:
                line = waiting.pop(thread, "") + resumed[2]
            yield line


def events(trace, root, ledger):
    """What happened below `root`, in order, as tuples; acknowledgements as ("told", line)."""
    places = {}
    for line in joined_lines(trace):
        match = LINE.match(line)
        if not match or int(match[4]) < 0:
            continue
        call, arguments, result = match[2], match[3], int(match[4])
        names = [name.decode() for name in strings(arguments)] if call not in ("write", "pwrite64") else []
        if call in ("openat", "open", "creat"):
            path = names[0]
            places[result] = 0
            if path.startswith(root + "/") and ("O_CREAT" in arguments or "O_TRUNC" in arguments):
                yield ("open", path[len(root) + 1:], "O_TRUNC" in arguments)
        elif call in ("write", "pwrite64"):
            path = descriptor_path(arguments)
            content = strings(arguments.split(",", 1)[1])[0][:result]
            number = int(arguments.split("<", 1)[0])
            if path == ledger:
                yield ("told", content.decode().strip())
            elif path.startswith(root + "/"):
                offset = places.get(number, 0)
                yield ("write", path[len(root) + 1:], offset, content)
                places[number] = offset + result
        elif call == "lseek":
            places[int(arguments.split("<", 1)[0])] = result
        elif call in ("fsync", "fdatasync"):
            path = descriptor_path(arguments)
            if path.startswith(root):
                yield ("sync", path[len(root) + 1:])
        elif call.startswith("rename"):
            if names[-1].startswith(root + "/"):
                yield ("rename", names[0][len(root) + 1:], names[-1][len(root) + 1:])
        elif call.startswith("unlink"):
            if names[0].startswith(root + "/"):
                yield ("unlink", names[0][len(root) + 1:])
        elif call.startswith("mkdir"):
            if names[0].startswith(root + "/"):
                yield ("mkdir", names[0][len(root) + 1:])
        elif call == "ftruncate":
            path = descriptor_path(arguments)
            if path.startswith(root + "/"):
                yield ("resize", path[len(root) + 1:], int(arguments.rsplit(",", 1)[1]))
                places[int(arguments.split("<", 1)[0])] = 0
        elif call == "truncate" and names[0].startswith(root + "/"):
            yield ("resize", names[0][len(root) + 1:], int(arguments.rsplit(",", 1)[1]))


def descriptor_path(arguments):
    match = re.match(r"^\d+<((?:\\x[0-9a-f]{2})*)>", arguments)
    if match:
        return text(match[1]).decode()
    match = re.match(r"^\d+<([^>]*)>", arguments)
    return match[1] if match else ""


class Disk:
    """What a disk may hold: files' bytes and folders' names as last synced, and what came after."""

    def __init__(self, root):
        self.names = {}       # what programs see: path -> file
        self.durable = {}     # what a power cut leaves at least
        self.pending = []     # changes of names since their folder was synced
        self.folders = []
        for folder, below, files in os.walk(root):
            self.folders += [os.path.relpath(os.path.join(folder, name), root) for name in below]
            for name in files:
                path = os.path.relpath(os.path.join(folder, name), root)
                with open(os.path.join(folder, name), "rb") as file:
                    content = file.read()
                mode = os.stat(os.path.join(folder, name)).st_mode & 0o777
                self.names[path] = self.durable[path] = {"now": content, "synced": content, "mode": mode}

    def apply(self, event):
        kind, path = event[0], event[1]
        if kind == "open":
            if path not in self.names:
                self.names[path] = {"now": b"", "synced": b"", "mode": 0o644}
                self.pending.append(("link", path, self.names[path]))
            elif event[2]:
                self.names[path]["now"] = b""
        elif kind == "write" and path in self.names:
            file, offset, content = self.names[path], event[2], event[3]
            file["now"] = file["now"][:offset].ljust(offset, b"\0") + content + file["now"][offset + len(content):]
        elif kind == "resize" and path in self.names:
            self.names[path]["now"] = self.names[path]["now"][:event[2]].ljust(event[2], b"\0")
        elif kind == "rename" and path in self.names:
            file = self.names.pop(path)
            self.names[event[2]] = file
            self.pending.append(("rename", path, event[2], file))
        elif kind == "unlink" and path in self.names:
            self.names.pop(path)
            self.pending.append(("unlink", path))
        elif kind == "mkdir":
            self.folders.append(path)
        elif kind == "sync":
            if path in self.names:
                self.names[path]["synced"] = self.names[path]["now"]
            else:
                self.sync_folder(path)

    def sync_folder(self, folder):
        rest = []
        for change in self.pending:
            if os.path.dirname(change[1]) == folder:
                perform(self.durable, change)
            else:
                rest.append(change)
        self.pending = rest

    def states(self, limit, chance):
        """States after a power cut now: every legal one, or `limit` of them by chance."""
        unsynced = [path for path, file in self.names.items() if file["now"] != file["synced"]]
        unsynced += [change[2] for change in self.pending if change[0] == "rename" and change[3]["now"] != change[3]["synced"]]
        unsynced = sorted(set(unsynced))
        many = 2 ** len(self.pending) * 3 ** len(unsynced)
        if many <= 4096:
            names = list(itertools.product((True, False), repeat=len(self.pending)))
            choices = [(kept, how) for kept in names for how in itertools.product(HOW, repeat=len(unsynced))]
        else:
            choices = [
                ([chance.random() < 0.5 for _ in self.pending], [chance.choice(HOW) for _ in unsynced])
                for _ in range(limit)]
        if len(choices) > limit - 2:
            choices = chance.sample(choices, limit - 2)
        # Everything lost and everything kept are always looked at.
        choices += [([keep] * len(self.pending), [how] * len(unsynced)) for keep, how in ((False, "synced"), (True, "now"))]
        for kept, how in choices:
            yield self.state(kept, dict(zip(unsynced, how)))

    def state(self, kept, how):
        names = dict(self.durable)
        for change, is_kept in zip(self.pending, kept):
            if is_kept:
                perform(names, change)
        whole = {id(file): path for path, file in self.names.items()}
        files = {}
        for path, file in names.items():
            choice = how.get(whole.get(id(file), path), how.get(path, "synced"))
            content = file["now"] if choice == "now" else file["synced"]
            if choice == "torn":
                half = len(file["now"]) // 2
                content = file["now"][:half] + b"\0" * (len(file["now"]) - half)
            files[path] = (content, file["mode"])
        return files


def perform(names, change):
    if change[0] == "link":
        names[change[1]] = change[2]
    elif change[0] == "unlink":
        names.pop(change[1], None)
    else:
        names.pop(change[1], None)
        names[change[2]] = change[3]


def lay_out(files, folders, target):
    for folder in folders:
        os.makedirs(os.path.join(target, folder), exist_ok=True)
    for path, (content, mode) in files.items():
        place = os.path.join(target, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(content)
        os.chmod(place, mode)


def cuts(disk, history, limit, chance):
    """Every power cut of the run: (what had been told by then, files), fewer by chance where a cut has many states."""
    told = []
    for event in history:
        if event[0] == "told":
            told.append(event[1])
            yield from ((list(told), files) for files in disk.states(limit, chance))
            continue
        disk.apply(event)
        yield from ((list(told), files) for files in disk.states(limit, chance))


def sampled(items, count, seed):
    """At most `count` of the items, evenly by chance."""
    chance = random.Random(seed)
    kept = []
    for place, item in enumerate(items):
        if len(kept) < count:
            kept.append(item)
        elif (other := chance.randrange(place + 1)) < count:
            kept[other] = item
    return kept
