"""A company whose workflow repository lies on a git server; the runner and its people are elsewhere."""
import json
import os
import pathlib
import re
import subprocess
import time

WRIT = os.path.abspath(os.environ.get("WRIT", ".build/debug/writ"))

PEOPLE = """writ: 1
roles: {employee: Everybody, boss: Bosses}
people:
  anna: {name: Anna, email: anna@example.com, roles: [employee]}
  bob: {name: Bob, email: bob@example.com, roles: [boss]%s}
  carl: {name: Carl, email: carl@example.com, roles: [boss]}
  dora: {name: Dora, email: dora@example.com, roles: [boss]}
"""

LEAVE = """writ: 1
title: Leave
owner: role:boss
access: {start: [role:employee], view: [role:employee, role:boss], operate: [role:boss]}
input:
  type: object
  required: [days]
  properties: {days: {type: integer, title: Days}}
start: ok
steps:
  ok:
    type: approval
    title: Approve the leave
    approvers: [role:boss]
    require: %s
    show: {Days: input.days}
    expires: 10d
    then: {approved: yes, rejected: no, returned: no, expired: no}
  yes: {type: end, outcome: granted}
  no: {type: end, outcome: refused}
"""


class Person:
    """Somebody with a home, a git configuration and a clone of their own."""

    def __init__(self, name, root, config, home=None):
        self.name, self.home = name, pathlib.Path(root) / (home or name)
        self.home.mkdir()
        identity = f"[user]\n\tname = {name}\n\temail = {name}@example.com\n[gc]\n\tauto = 0\n"
        (self.home / ".gitconfig").write_text(identity + config)
        self.folder = self.home / "inbox"
        self.environment = {
            **os.environ, "HOME": str(self.home), "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "NO_COLOR": "1", "GNUPGHOME": str(self.home / "gpg"),
        }

    def run(self, *command, folder=None, check=True):
        done = subprocess.run(
            [str(part) for part in command], cwd=folder or self.folder, env=self.environment, capture_output=True, text=True)
        assert not check or done.returncode == 0, f"{self.name}: {command}: {done.stdout}{done.stderr}"
        return done

    def git(self, *arguments, **options):
        return self.run("git", *arguments, **options).stdout.strip()

    def writ(self, *arguments, **options):
        return self.run(WRIT, *arguments, **options)

    def decide(self, path, verdict="approve", *commit, reason=""):
        """Edits the lines and commits, as docs/decide-by-commit.md says."""
        file = self.folder / path
        text = file.read_text()
        assert "\ndecision:\n" in text, text
        text = text.replace("\ndecision:\n", f"\ndecision: {verdict}\n")
        file.write_text(text.replace("\nreason:\n", f"\nreason: {reason}\n"))
        self.git("commit", "--quiet", "--all", "--message", "Decide", *commit)


class Company:
    def __init__(self, root, transport, require="any", keys="", forges="", assurance=None):
        self.root, self.transport = pathlib.Path(root), transport
        self.bare = self.root / "srv" / "company.git"
        self.address = transport.address + "company.git"
        self.server = None
        self.bare.parent.mkdir(exist_ok=True)
        subprocess.run(
            ["git", "init", "--quiet", "--bare", "--initial-branch=main", self.bare], check=True)
        leave = LEAVE % (require + (f"\n    assurance: {assurance}" if assurance else ""))
        self.runner = Person("anna", root, transport.config)
        self.runner.folder.mkdir()
        git = self.runner.git
        git("init", "--quiet", "--initial-branch=main")
        self.write("writ.yaml", "writ: 1\nremote: origin\n")
        self.write("people.yaml", PEOPLE % keys + forges)
        self.write("workflows/leave.yaml", leave)
        git("add", "--all")
        git("commit", "--quiet", "--message", "Begin")
        git("remote", "add", "origin", self.address)
        git("push", "--quiet", "origin", "main")

    def write(self, path, text):
        file = self.runner.folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    def serve(self):
        self.log = self.runner.home / "serve.log"
        log = open(self.log, "a")
        # The first deployment is the local branch: what it says names the remote.
        self.runner.writ("deploy")
        self.server = subprocess.Popen(
            [WRIT, "serve", "--port", "0", "--fetch", "1"], cwd=self.runner.folder, env=self.runner.environment,
            stdout=log, stderr=log)
        until(lambda: "http://" in self.log.read_text(), "the server to answer", self.log.read_text)

    def end(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            assert self.server.wait(20) == 0, self.log.read_text()

    def start(self, days=3):
        return self.runner.writ("start", "leave", "-i", f"days={days}").stdout.split()[0]

    def show(self, number):
        return json.loads(self.runner.writ("show", str(number), "--json").stdout)

    def events(self, number, kind=None):
        entries = json.loads(self.runner.writ("log", str(number), "--json").stdout)["items"]
        return [entry for entry in entries if entry["event"] == kind or not kind]

    def decisions(self, number):
        return self.events(number, "decided")

    def asks(self, name):
        """Starts a case, and waits until it is in somebody's clone of the inbox."""
        self.start()
        person = self.clone(name)
        until(lambda: self.on_branch(file_of(name, 1)), "the request", self.log.read_text)
        person.git("pull", "--quiet", "--rebase")
        return person

    def clone(self, name, home=None):
        """A clone of the inbox alone, set up as docs/decide-by-commit.md says."""
        person = Person(name, self.root, self.transport.config, home)
        until(lambda: self.tip(), "the inbox on the server", self.log.read_text)
        person.git(
            "clone", "--quiet", "--branch", "writ/inbox", "--single-branch", self.address, person.folder,
            folder=person.home)
        person.git("config", "remote.origin.push", f"+HEAD:refs/writ/decisions/{name}-laptop")
        return person

    def tip(self):
        done = subprocess.run(
            ["git", "--git-dir", self.bare, "rev-parse", "--verify", "--quiet", "refs/heads/writ/inbox"],
            capture_output=True, text=True)
        return done.stdout.strip()

    def settled(self):
        read = self.runner.git("rev-parse", "--verify", "--quiet", "refs/remotes/origin/writ/inbox", check=False)
        return read == self.tip()

    def move_inbox(self, commit):
        subprocess.run(
            ["git", "--git-dir", self.bare, "branch", "--quiet", "--force", "writ/inbox", commit], check=True)

    def on_branch(self, path):
        done = subprocess.run(
            ["git", "--git-dir", self.bare, "show", f"writ/inbox:{path}"], capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    def refs(self):
        return subprocess.run(
            ["git", "--git-dir", self.bare, "for-each-ref", "refs/writ/decisions/"], capture_output=True,
            text=True).stdout


def file_of(person, number, step="ok"):
    return f"leave-{number}.{step}.1.{step}/{person}.yaml"


def until(condition, what, complaint=lambda: "", seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}\n{complaint()}")


def unwrapped(answer):
    """The words of an answer, without the signs of the comment that they stand in."""
    return re.sub(r"\n#\s+", " ", answer or "")
