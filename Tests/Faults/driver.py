"""Runs the client that is to be killed, and recovers what it leaves."""

import os
import shutil
import subprocess
import tempfile
import threading

import record

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("WRIT_FAULT_DRIVER", os.path.join(ROOT, ".build", "debug", "faultdriver"))
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()


class Office:
    """A folder with a deployed workflow repository; made once, copied for every case."""

    template = None
    turn = threading.Lock()

    def __init__(self, parent=MEMORY):
        with Office.turn:
            if Office.template is None:
                template = tempfile.mkdtemp(prefix="writ-faults-", dir=MEMORY)
                subprocess.run([PROGRAM, "found", template + "/work"], check=True, capture_output=True)
                Office.template = template
        self.folder = tempfile.mkdtemp(prefix="writ-faults-", dir=parent)
        shutil.copytree(Office.template + "/work", self.folder + "/work", symlinks=True)
        # What clients were told is not on the disk that is disturbed.
        self.notes = tempfile.mkdtemp(prefix="writ-faults-", dir=MEMORY)
        self.ledgers = 0

    @property
    def work(self):
        return self.folder + "/work"

    @property
    def state(self):
        return self.folder + "/work/state"

    def command(self, *options):
        self.ledgers += 1
        return [PROGRAM, "work", self.work, f"{self.notes}/ledger-{self.ledgers}", *map(str, options)]

    def run(self, *options):
        """Runs the client; its exit code, negative when it was killed."""
        return subprocess.run(self.command(*options), capture_output=True, timeout=120).returncode

    def lines(self, number):
        try:
            with open(f"{self.notes}/ledger-{number}", encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def ledger(self):
        return [line for number in range(1, self.ledgers + 1) for line in self.lines(number)]

    def unanswered(self):
        """Markers of lives that did not hear the answer to their last question."""
        last = {}
        for line in self.ledger():
            words = line.split()
            if len(words) == 3:
                last[words[1]] = words[0]
        return [marker for marker, word in last.items() if word in ("ask", "unknown", "not-done")]

    def problems(self, *options):
        """Recovers without anybody's help, asks again what was not answered, and has the record judged."""
        again = self.unanswered()
        retry = ["--retry", ",".join(again)] if again else []
        code = self.run("--lives", 1, "--seed", 999, *retry, *options)
        if code != 0:
            return [f"does not recover: {code} {self.ledger()[-1:]}"]
        # Nothing disturbs this run, so every question in it has to be answered.
        idle = [line for line in self.lines(self.ledgers) if line.split()[0] in ("not-done", "unknown")]
        return idle + record.problems(self.state, self.ledger())

    def close(self):
        for folder in (self.folder, self.notes):
            shutil.rmtree(folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def reopen(folders, *options):
    """Recovers each record in one process; what it says of each."""
    done = subprocess.run([PROGRAM, "reopen", *options, "--", *folders], capture_output=True, timeout=600, text=True)
    words = dict(line.split("\t", 1) for line in done.stdout.splitlines() if "\t" in line)
    return {folder: words.get(folder, f"the program ended: {done.returncode} {done.stderr[-300:]}") for folder in folders}
