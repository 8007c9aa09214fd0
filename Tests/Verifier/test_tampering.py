#!/usr/bin/env python3
"""Both verifiers hold good records good, and find every kind of tampering: WRIT=.build/debug/writ python3 test_tampering.py."""
import os
import pathlib
import re
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from record_forger import Forger
from record_scenes import WRIT, git, house, run, shop, street, vault

HERE = pathlib.Path(__file__).parent

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
    text = forger.words("state").encode()
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


SHOP = {
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


def line_exchanged(one, other, number):
    """An event of one instance stands in another, numbered as there."""
    def change(forger):
        paths = forger.one(one), forger.one(other)
        texts = [forger.read(path).decode() for path in paths]
        lines = [re.search(rf'(?m)^  - \{{"n": {number}, [^\n]*$', text)[0] for text in texts]
        forger.write(paths[0], texts[0].replace(lines[0], lines[1]).encode())
        forger.write(paths[1], texts[1].replace(lines[1], lines[0]).encode())
        forger.seal()
    return change


def carriage_returns(forger):
    path = forger.one(OPEN)
    forger.write(path, forger.read(path).replace(b"\n", b"\r\n"))
    forger.seal()


def extra(path, content=b"mine\n", mode="100644"):
    def change(forger):
        forger.write(path, content, mode)
        forger.seal()
    return change


def executable(forger):
    path = forger.one(OPEN)
    forger.write(path, forger.read(path), "100755")
    forger.seal()


def emptied(forger):
    """Everything but the runner's own page."""
    for path in forger.paths("^(instances|archive)/"):
        forger.remove("^" + re.escape(path) + "$")
    forger.seal()


SHOP |= {
    "the same events in two instances exchanged": line_exchanged(HEAD, OPEN, 1),
    "a level of two instances exchanged": line_exchanged(HEAD, OPEN, 5),
    "lines that end as elsewhere": carriage_returns,
    "a field of the head told twice": forged(OPEN, r"\n(title: [^\n]*)\n", r"\n\1\n\1\n"),
    "a field of an event told twice": forged(OPEN, r'("n": 2, "at": "[^"]*", "event": "entered", )', r'\1"step": "buy", '),
    "a space in an event": forged(OPEN, r'"event": "entered"', '"event":  "entered"'),
    "a comment in a head": forged(OPEN, r"\ntitle: ", "\n# fine\ntitle: "),
    "a head that may be run": executable,
    "a file at the top": extra("notes.txt"),
    "a folder of somebody's own": extra("notes/mine.yaml"),
    "a file beside an instance": extra("instances/0x/purchase-3.notes"),
    "evidence that no event names": extra("instances/0x/purchase-3.e2"),
    "a part that no head names": extra("instances/0x/purchase-3.p1.yaml"),
    "a value that no event names": extra("instances/0x/purchase-3.v2.json", b'"mine"'),
    "a link": extra("instances/0x/purchase-3.e3", b"/etc/passwd", "120000"),
    "every instance removed": emptied,
    "people who may decide changed under the same commit": forged(
        r"^deployed/people\.yaml$", r"roles: \[employee, lead\]", "roles: [employee]"),
    "a deployed workflow changed under the same commit": forged(
        r"^deployed/workflows/team/purchase\.yaml$", r"title: Purchase", "title: Purchases"),
    "a reason changed": forged(DONE, r'"reason": "fine"', '"reason": "well"'),
    "an assurance raised": forged(DONE, r'"assurance": "session"', '"assurance": "key"'),
    "the time of a decision changed": forged(DONE, r'(at": ")\d{4}(-[^"]*", "event": "decided")', r"\g<1>2020\2"),
    "what was shown changed": forged(HEAD, r'("shown": \[\{"Item": ")Desk', r"\1Bike"),
    "the digest of what was shown changed": forged(HEAD, r'"digest": "\w{4}', '"digest": "0000'),
    "an event of a kind that nobody knows": forged(OPEN, r'"event": "entered"', '"event": "entranced"'),
    "an event after the end": forged(
        DONE, r"\Z", '  - {"n": 99, "at": "2030-01-01T00:00:00.000Z", "event": "resumed", "by": "anna"}\n'),
}



def recommitted(old, new):
    """The last commit that has such words with others, headers and subject included, and the later ones upon it."""
    def change(forger):
        texts = []
        for commit in git(forger.folder, "rev-list", "state").split("\n"):
            texts.insert(0, git(forger.folder, "cat-file", "commit", commit) + "\n")
            if re.search(old, texts[0]):
                break
        else:
            raise ValueError(f"nothing to forge: {old}")
        texts[0], upon = re.sub(old, new, texts[0], count=1), None
        for text in texts:
            text = re.sub(r"\nparent \w+", f"\nparent {upon}", text) if upon else text
            upon = git(forger.folder, "hash-object", "-t", "commit", "-w", "--stdin", stdin=text.encode())
        forger.point(upon)
    return change


def shown_otherwise(forger):
    path = forger.one(DONE)
    blob = git(forger.folder, "hash-object", "-w", "--stdin", stdin=forger.read(path).replace(b"fine", b"poor"))
    git(forger.folder, "-c", "core.hooksPath=/dev/null", "replace", git(forger.folder, "rev-parse", f"state:{path}"), blob)


def cut_short(file):
    def change(forger):
        (forger.folder / "info").mkdir(exist_ok=True)
        (forger.folder / file).write_text(git(forger.folder, "rev-parse", "state~2") + "\n")
    return change


SHOP |= {
    "a commit in somebody's name": recommitted(r"\nauthor Writ <[^>]*>", "\nauthor Zoe <zoe@example.com>"),
    "a commit made by somebody": recommitted(r"\ncommitter Writ <[^>]*>", "\ncommitter Zoe <zoe@example.com>"),
    "a commit in another time zone": recommitted(r" \+0000", " +0100"),
    "a signature that the runner did not make": recommitted(
        r"\n\n", "\ngpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n\n"),
    "another person in a subject": recommitted(r" by anna\n", " by bob\n"),
    "another verdict in a subject": recommitted(r" approved by ", " rejected by "),
    "another instance in a subject": recommitted(r"\npurchase-2: ", "\npurchase-1: "),
    "a subject that counts": recommitted(r"\npurchase-2: .*\n", "\n7 transitions in 3 instances\n"),
    "an object shown in place of another": shown_otherwise,
    "history cut short by a graft": cut_short("info/grafts"),
    "history said to be shallow": cut_short("shallow"),
}

PARTY, DROPPED, TOOL = r"^instances/.*party-1\.yaml", r"^(archive|instances)/.*party-2\.yaml", r"tool-7\.yaml"
BIG, AXE, CAKE = r"party-3\.yaml", r"tool-8\.yaml", r"cake-5\.yaml"

STREET = {
    "a job handed out again that was not there": forged(PARTY, r'("event": "redelivered".*?"visit": )1', r"\g<1>2"),
    "an item removed": forged(PARTY, r'("items": \["eva"), "fay"', r"\1"),
    "an item's outcome changed": forged(PARTY, r'("event": "item-ended".*?"outcome": )"done"', r'\1"expired"'),
    "an item ended twice": forged(PARTY, r'(  - \{"n": \d+, [^\n]*"item-ended"[^\n]*\n)', r"\1\1"),
    "an item of another frame": forged(PARTY, r'("event": "item-entered".*?"frame": )2', r"\g<1>1"),
    "a frame's number changed": forged(PARTY, r'("event": "gathered".*?"frame": )2', r"\g<1>7"),
    "a branch left out": forged(PARTY, r'("branches": \[\{"token": 2, "to": "invite"\}), \{[^}]*\}', r"\1"),
    "a token given twice": forged(PARTY, r'("branches": \[\{"token": 2.*?"token": )3', r"\g<1>2"),
    "a join that fires elsewhere": forged(PARTY, r'("event": "joined".*?"frame": )1', r"\g<1>0"),
    "a side that goes beside nothing": forged(PARTY, r'("event": "side-begun".*?"branch": )0', r"\g<1>9"),
    "a child exchanged": forged(PARTY, r'"child": "cake-5"', '"child": "cake-6"'),
    "a caller exchanged": forged(CAKE, r'"instance": "party-1"(, "step": "child")', r'"instance": "party-2"\1'),
    "what takes back changed": forged(DROPPED, r'("event": "undo-noted".*?"method": )"DELETE"', r'\1"GET"'),
    "what takes back left out": forged(DROPPED, r'"event": "undo-noted", [^\n]*', '"event": "commented", "by": "anna", "text": "x"}'),
    "taken back twice": forged(DROPPED, r'(  - \{"n": \d+, [^\n]*"undone"[^\n]*\n)', r"\1\1"),
    "who cancelled changed": forged(BIG, r'("event": "(?:undo-begun|cancelled)".*?"by": )"cleo"', r'\1"ben"'),
    "a seat lent to somebody else": forged(PARTY, r'("event": "delegated".*?"to": )"dan"', r'\1"eva"'),
    "whose seat it was left out": forged(PARTY, r'"by": "dan", "for": "ben"', '"by": "dan"'),
    "a lent seat forgotten": forged(
        PARTY, r'"event": "delegated", [^\n]*', '"event": "commented", "by": "anna", "text": "x"}'),
    "a lost seat kept": forged(BIG, r'"event": "unseated", [^\n]*', '"event": "commented", "by": "anna", "text": "x"}'),
    "another seat lost": forged(BIG, r'("event": "unseated".*?"people": )\["ben"\]', r'\1["cleo"]'),
    "a move made by somebody else": forged(TOOL, r'("event": "left", "step": "here".*?"by": )"anna"', r'\1"dan"'),
    "a move that stays left out": forged(TOOL, r'  - \{"n": \d+, [^\n]*"stayed"[^\n]*\n', ""),
    "a count of loans changed": forged(TOOL, r'("vars": \{"loans": )1', r"\g<1>2"),
    "a message exchanged": forged(AXE, r'("event": "received".*?"number": )\d+', r"\g<1>4"),
    "a message that nobody sent": forged(PARTY, r'("event": "received".*?"by": )"anna"', r'\1"zoe"'),
    "a message told otherwise": forged(r"^messages/.*\b4\.yaml", "message: asked", "message: told"),
    "a message to somebody else": forged(r"^messages/.*\b4\.yaml", "party-1, ", ""),
    "a message removed": removed(r"^messages/.*\b4\.yaml"),
    "what is listened for changed": forged(PARTY, r"listens:\n  - \{message: asked", "listens:\n  - {message: axed"),
    "a large value changed": forged(r"party-3\.v\d+(\.\d+)?\.json", "eva", "ava"),
    "a large value removed": removed(r"party-3\.v\d+(\.\d+)?\.json"),
    "a frame in the head closed": forged(PARTY, r"state: live", "state: ended"),
    "what a frame holds changed": forged(PARTY, r"branches: \[\{step: book", "branches: [{step: wait"),
}




def signed_by_another(forger):
    """The same commit, by somebody who has another key."""
    key = forger.folder / "key"
    run(forger.folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    forger.seal(sign=key)


# Each is a record as a runner makes it, but for who signed it.
VAULT = {
    "a commit without a signature": lambda forger: forger.seal(),
    "a commit signed by another key": signed_by_another,
    "a signature of another commit": recommitted(
        r"author (.*>) \d+ \+0000\ncommitter .*", r"author \1 1999999999 +0000\ncommitter \1 1999999999 +0000"),
    "a signature taken away": recommitted(r"\ngpgsig [\s\S]*?END SSH SIGNATURE-----", ""),
    "a second signature": recommitted(r"(\ngpgsig [\s\S]*?END SSH SIGNATURE-----)", r"\1\1"),
    "a signature with a comment": recommitted(r"END SSH SIGNATURE-----", "END SSH SIGNATURE-----\n mine"),
}

MOVED = r"^instances/.*move-1\.yaml"

HOUSE = {
    "a migration to another version": forged(MOVED, r'("event": "migrated".*"version": )2', r"\g<1>3"),
    "a migration to another text": forged(MOVED, r'("event": "migrated".*"definition": ")..', r"\g<1>00"),
    "a migration to another workflow": forged(MOVED, r'("event": "migrated".*"workflow": )"team/removal"', r'\1"team/move"'),
    "a head under the name of before": forged(MOVED, r"(?m)^workflow: team/removal", "workflow: team/move"),
    "a step renamed otherwise": forged(MOVED, r'"to": "pause"', '"to": "wait"'),
    "a visit of which nothing is said": forged(MOVED, r'"reopened": \["agree\.1", ', '"reopened": ['),
    "a wait kept under another number": forged(MOVED, r'"number": 2', '"number": 3'),
    "a branch that did not end": forged(MOVED, r'"dropped": \[[^]]*\], ', ""),
    "a variable written by a migration": forged(MOVED, r'("event": "migrated".*"crates": )4', r"\g<1>5"),
    "a head on the version before": forged(MOVED, r"(?m)^version: 2", "version: 1"),
}


def rewritten(forger):
    """An old commit with other words, and every later one upon it."""
    commits = git(forger.folder, "rev-list", "--reverse", "state").split("\n")
    upon = None
    for commit in commits:
        about = git(forger.folder, "cat-file", "commit", commit).replace("Writ runner", "Writ")
        lines = about.split("\n")
        if upon is None:
            lines = [line.replace("deployed", "deployment of") for line in lines]
        lines = [f"parent {upon}" if line.startswith("parent ") else line for line in lines]
        upon = git(forger.folder, "hash-object", "-t", "commit", "-w", "--stdin", stdin="\n".join(lines).encode() + b"\n")
    forger.point(upon)


# What holds in itself, and only an outside memory shows.
ANCHORED = {
    "a tip taken back": lambda forger: forger.point(git(forger.folder, "rev-parse", "state^")),
    "ten commits taken back": lambda forger: forger.point(git(forger.folder, "rev-parse", "state~5")),
    "history told anew": rewritten,
}


def opinions(folder, *more):
    own = run(folder, WRIT, "verify", "--state", str(folder), *more, check=False)
    other = run(folder, sys.executable, str(HERE / "verify_record.py"), str(folder), *more, check=False)
    return ("writ verify", own), ("verify_record.py", other)


def said(opinion):
    return (opinion.stdout + opinion.stderr).decode().strip()[-300:]


def wrongs(record, folder, name, tamper, *more):
    """What a verifier that overlooks it did."""
    forger = Forger(record, folder)
    try:
        tamper(forger)
    except (IndexError, TypeError, ValueError) as error:
        return [f"{name}: {error!r}"]
    missed = [
        f"{verifier} on {name}: ended with {opinion.returncode}: {said(opinion)}"
        for verifier, opinion in opinions(forger.folder, *more) if opinion.returncode != 1]
    shutil.rmtree(folder)
    return missed


def main():
    wrong, kinds = [], 0
    with tempfile.TemporaryDirectory(prefix="writ-tampering-") as scratch, ThreadPoolExecutor(2) as workers:
        scratch = pathlib.Path(scratch)
        for scene, tamperings in ((shop, SHOP), (street, STREET), (house, HOUSE), (vault, VAULT)):
            folder = scratch / scene.__name__
            folder.mkdir()
            record = scene(folder)
            tip = git(record, "rev-parse", "state")
            for more in ((), ("--anchor", tip)):
                wrong += [f"{verifier} on a good record, {scene.__name__}: {said(opinion)}"
                          for verifier, opinion in opinions(record, *more) if opinion.returncode]
            # Sealed anew and otherwise untouched it holds, unless it is signed: what is found below is found for its own sake.
            if scene is not vault:
                untouched = Forger(record, scratch / f"{scene.__name__}.git")
                untouched.seal()
                wrong += [f"{verifier} on what was only sealed anew: {said(opinion)}"
                          for verifier, opinion in opinions(untouched.folder) if opinion.returncode]
            jobs = [(name, tamper) for name, tamper in tamperings.items()]
            jobs += [(name, tamper, "--anchor", tip) for name, tamper in ANCHORED.items()]
            kinds += len(jobs)
            found = workers.map(
                lambda job: wrongs(record, scratch / f"{scene.__name__}-{job[0]}.git", job[1][0], *job[1][1:]),
                enumerate(jobs))
            wrong += [line for lines in found for line in lines]
    print("\n".join(wrong) if wrong else f"{kinds} kinds of tampering, each found by both verifiers")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
