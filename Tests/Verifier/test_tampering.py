#!/usr/bin/env python3
"""Both verifiers hold a good record good, and find every kind of tampering: WRIT=.build/debug/writ python3 test_tampering.py."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
WRIT = os.path.abspath(os.environ.get("WRIT", ".build/debug/writ"))


def run(folder, *command, stdin=None, env=None, check=True):
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env={**os.environ, **(env or {})})
    if check and done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode()}")
    return done


def git(folder, *arguments, **options):
    return run(folder, "git", *arguments, **options).stdout.decode().strip()


def scene(folder):
    """A record with a live and an archived instance, decisions by verb and by commit."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Anna")
    git(folder, "config", "user.email", "anna@example.com")
    run(folder, WRIT, "init")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "first")
    run(folder, WRIT, "deploy")
    for item in ("Lamp", "Desk", "Door"):
        run(folder, WRIT, "start", "purchase", "-i", f"item={item}", "-i", "amount=40")
    run(folder, WRIT, "approve", "1", "--comment", "fine")
    run(folder, WRIT, "complete", "1")
    run(folder, WRIT, "serve", "--once")
    git(folder, "switch", "--quiet", "writ/inbox")
    file = folder / "purchase-2.approve.1.approve" / "anna.yaml"
    file.write_text(re.sub(r"(?m)^decision:.*$", "decision: approve", file.read_text()))
    git(folder, "commit", "--quiet", "--all", "--message", "decided")
    git(folder, "switch", "--quiet", "main")
    run(folder, WRIT, "serve", "--once")
    return folder / "state"


class Forger:
    """Rewrites a copy of a record with stock git's plumbing, past the hook that forbids it."""

    def __init__(self, record, folder):
        self.folder = folder
        shutil.copytree(record / ".git", folder)
        self.env = {"GIT_INDEX_FILE": str(folder / "forged-index")}
        git(folder, "config", "--unset", "extensions.preciousObjects", check=False)
        git(folder, "read-tree", "state", env=self.env)

    def paths(self, pattern):
        listed = git(self.folder, "ls-files", env=self.env).split("\n")
        return [path for path in listed if re.search(pattern, path)]

    def one(self, pattern):
        return self.paths(pattern)[0]

    def read(self, path):
        return run(self.folder, "git", "show", f"state:{path}").stdout

    def write(self, path, content):
        blob = git(self.folder, "hash-object", "-w", "--stdin", stdin=content)
        git(self.folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", env=self.env)

    def edit(self, pattern, old, new, count=1):
        path = self.one(pattern)
        before = self.read(path)
        after = re.sub(old, new, before.decode("latin-1"), count=count).encode("latin-1")
        if after == before:
            sys.exit(f"nothing to forge: {old} in {path}")
        self.write(path, after)

    def remove(self, pattern):
        entry = f"0 {'0' * 40}\t{self.one(pattern)}\n".encode()
        git(self.folder, "update-index", "--index-info", stdin=entry, env=self.env)

    def seal(self, message=lambda text: text, parent="state^", date=0):
        """Puts the forged files in place of the last commit, its words and its date kept."""
        text = run(self.folder, "git", "log", "-1", "--format=%B", "state").stdout.decode()
        time = int(git(self.folder, "log", "-1", "--format=%ct", "state")) + date
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
               for key, value in (("NAME", "Writ"), ("EMAIL", "runner@writ.invalid"), ("DATE", f"{time} +0000"))}
        tree = git(self.folder, "write-tree", env=self.env)
        parents = ["-p", git(self.folder, "rev-parse", parent)] if parent else []
        commit = git(self.folder, "commit-tree", tree, *parents, stdin=message(text).encode(), env=who)
        self.point(commit)

    def point(self, commit):
        git(self.folder, "-c", "core.hooksPath=/dev/null", "update-ref", "refs/heads/state", commit)


HEAD, DONE, VIEW = r"^instances/.*purchase-2\.yaml", r"^archive/.*purchase-1\.yaml", r"purchase-2\.approve\.1\.yaml"
OPEN = r"^instances/.*purchase-3\.yaml"


def forged(pattern, old, new, **options):
    def change(forger):
        forger.edit(pattern, old, new, **options)
        forger.seal()
    return change


def removed(pattern):
    def change(forger):
        forger.remove(pattern)
        forger.seal()
    return change


def trailers(old, new):
    return lambda forger: forger.seal(lambda text: re.sub(old, new, text))


def swapped(forger):
    one, other = forger.one(HEAD), forger.one(OPEN)
    contents = forger.read(one), forger.read(other)
    forger.write(one, contents[1])
    forger.write(other, contents[0])
    forger.seal()


def reordered(forger):
    path = forger.one(DONE)
    lines = forger.read(path).decode().split("\n")
    events = [index for index, line in enumerate(lines) if line.startswith('  - {"n":')]
    lines[events[3]], lines[events[4]] = lines[events[4]], lines[events[3]]
    forger.write(path, "\n".join(lines).encode())
    forger.seal()


def copied(forger):
    forger.write("instances/0x/purchase-9.yaml", forger.read(forger.one(OPEN)))
    forger.seal()


def foreign(forger):
    forger.seal(lambda text: "mine now\n", parent="state")


def dropped_commit(forger):
    forger.seal(parent="state~2")


def merged(forger):
    tree = git(forger.folder, "rev-parse", "state^{tree}")
    text = run(forger.folder, "git", "log", "-1", "--format=%B", "state").stdout
    commit = git(
        forger.folder, "commit-tree", tree, "-p", "state^", "-p", "state~2", stdin=text,
        env={f"GIT_{role}_{key}": "Writ" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")})
    forger.point(commit)


def truncated(forger):
    packs = sorted(forger.folder.glob("objects/pack/*.pack"), key=lambda pack: pack.stat().st_size)
    packs[-1].chmod(0o644)
    os.truncate(packs[-1], packs[-1].stat().st_size // 2)


def flipped(forger):
    packs = sorted(forger.folder.glob("objects/pack/*.pack"), key=lambda pack: pack.stat().st_size)
    packs[-1].chmod(0o644)
    content = bytearray(packs[-1].read_bytes())
    content[len(content) // 2] ^= 1
    packs[-1].write_bytes(content)


TAMPERINGS = {
    "an event dropped": forged(DONE, r'  - \{"n": 6, [^\n]*\n', ""),
    "the last event dropped": forged(OPEN, r'  - \{"n": 5, [^\n]*\n', ""),
    "two events in another order": reordered,
    "an event told twice": forged(DONE, r'(  - \{"n": 6, [^\n]*\n)', r"\1\1"),
    "an amount in the start changed": forged(HEAD, r'("input": \{"amount": )"40"', r'\1"90"'),
    "an amount in the head changed": forged(HEAD, r'\ninput: \{amount: "40"', '\ninput: {amount: "90"'),
    "a start back-dated": forged(HEAD, r'("n": 1, "at": ")2026|("n": 1, "at": ")20\d\d', r'\g<1>\g<2>2019'),
    "an initiator changed": forged(HEAD, r"(started: \{at: \S+ by: )anna", r"\1zoe"),
    "a status changed": forged(HEAD, r"\nstatus: waiting", "\nstatus: suspended"),
    "a token moved": forged(HEAD, r"\{id: 1, step: buy", "{id: 1, step: size"),
    "a visit count changed": forged(HEAD, r"counts: \{approve: 1", "counts: {approve: 2"),
    "a result changed": forged(HEAD, r"(step: approve, visit: 1, outcome: )approved", r"\1rejected"),
    "an outcome in the archive changed": forged(DONE, r"\noutcome: bought", "\noutcome: declined"),
    "a version's number in a head changed": forged(HEAD, r"\nversion: 1\n", "\nversion: 2\n"),
    "a decision forged for somebody outside the pool": forged(
        HEAD, r'("event": "decided".*?"by": )"anna"', r'\1"mallory"'),
    "a decision turned round": forged(DONE, r'"decision": "approve", "by"', '"decision": "reject", "by"'),
    "a decision removed, its level closed all the same": forged(
        HEAD, r'"event": "decided", [^\n]*\n', '"event": "commented", "by": "anna", "text": "fine"}\n'),
    "the pool of a level changed": forged(DONE, r'"pool": \[\{"person": "anna"', '"pool": [{"person": "zoe"'),
    "the number needed raised": forged(DONE, r'"rule": \{"needed": 1', '"rule": {"needed": 2'),
    "a decider excluded": forged(
        DONE, r'("pool": \[[^\n]*?\}\]), "rule"', r'\1, "excluded": [{"person": "anna", "because": "x"}], "rule"'),
    "a level closed otherwise": forged(DONE, r'("event": "level-closed".*?"outcome": )"approved"', r'\1"rejected"'),
    "a view with another outcome": forged(VIEW, r"\noutcome: approved", "\noutcome: rejected"),
    "a view with another decider": forged(VIEW, r'(      - "?)anna approved', r'\1bob approved'),
    "a view removed": removed(VIEW),
    "a head removed": removed(HEAD),
    "a file of the archive removed": removed(DONE),
    "evidence changed": forged(r"purchase-2\.e\d+$", "writ evidence 1", "writ evidence 2"),
    "evidence removed": removed(r"purchase-2\.e\d+$"),
    "two instances swapped": swapped,
    "an instance copied under another number": copied,
    "a version's text changed": forged(r"1\.text\.yaml$", "title: Purchase", "title: Purchases"),
    "a version's text removed": removed(r"1\.text\.yaml$"),
    "a version's digest changed": forged(r"_/1\.yaml$", r'digest: "?[0-9a-f]{8}', 'digest: "00000000'),
    "the next number lowered": forged(r"^runner\.yaml$", r"next: 4", "next: 3"),
    "the runner's sequence changed": forged(r"^runner\.yaml$", r"sequence: \d+", "sequence: 77"),
    "the runner's page removed": removed(r"^runner\.yaml$"),
    "the format's page removed": removed(r"^format\.yaml$"),
    "a key that tells of no instance": forged(r"^requests/", r"instance: \d+", "instance: 55"),
    "a page of keys under another batch": forged(r"^requests/", r"sequence: \d+", "sequence: 88"),
    "a sequence in the trailers changed": trailers(r"Writ-Sequence: \d+", "Writ-Sequence: 99"),
    "a term in the trailers lowered": trailers(r"Writ-Term: \d+", "Writ-Term: 0"),
    "the trailers removed": trailers(r"\n\nWrit-Sequence[\s\S]*", "\n"),
    "another deployed commit in the trailers": trailers(r"Writ-Deployed: \w{8}", "Writ-Deployed: 00000000"),
    "a commit back-dated": lambda forger: forger.seal(date=-1_000_000),
    "a commit left out": dropped_commit,
    "history begun anew": lambda forger: forger.seal(parent=None),
    "a commit of somebody else on top": foreign,
    "a merge": merged,
    "a pack cut short": truncated,
    "a bit flipped": flipped,
}


def opinions(folder, *more):
    own = run(folder, WRIT, "verify", "--state", str(folder), *more, check=False)
    other = run(folder, sys.executable, str(HERE / "verify_record.py"), str(folder), *more, check=False)
    return own, other


def main():
    wrong = []
    with tempfile.TemporaryDirectory(prefix="writ-tampering-") as scratch:
        folder = pathlib.Path(scratch) / "shop"
        folder.mkdir()
        record = scene(folder)
        tip = git(record, "rev-parse", "state")
        for good in (opinions(record), opinions(record, "--anchor", tip)):
            wrong += [f"a good record: {one.stdout.decode()}{one.stderr.decode()}" for one in good if one.returncode]
        for number, (name, tamper) in enumerate(TAMPERINGS.items()):
            forger = Forger(record, pathlib.Path(scratch) / f"forged-{number}.git")
            tamper(forger)
            for verifier, opinion in zip(("writ verify", "verify_record.py"), opinions(forger.folder)):
                if opinion.returncode != 1:
                    said = (opinion.stdout + opinion.stderr).decode().strip()[-300:]
                    wrong.append(f"{verifier} on {name}: ended with {opinion.returncode}: {said}")
        forger = Forger(record, pathlib.Path(scratch) / "anchored.git")
        forger.point(git(forger.folder, "rev-parse", "state^"))
        for verifier, opinion in zip(("writ verify", "verify_record.py"), opinions(forger.folder, "--anchor", tip)):
            if opinion.returncode != 1:
                wrong.append(f"{verifier}: a tip taken back is not found, though an anchor remembers it")
    print("\n".join(wrong) if wrong else f"{len(TAMPERINGS) + 1} kinds of tampering, each found by both verifiers")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
