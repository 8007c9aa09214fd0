"""The ways in which a run is disturbed. Each gives (cases, problems): how many disturbances, and what was wrong after them."""

import fcntl
import glob
import os
import random
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time

import driver
import powercut
import record
from driver import Office


def kill_each(seed, bug=(), every=1, most=10_000):
    """Killed before the n-th call that changes the record, for every n, until a run gets through."""
    cases, found = 0, []
    for call in range(1 + seed % every, most, every):
        with Office() as office:
            code = office.run("--lives", 1, "--kill", call, *bug)
            cases += 1
            found += [f"killed at call {call}: {words}" for words in office.problems(*bug)]
            if code >= 0:
                break
    return cases, found


def kill_recovery(seed, bug=(), every=3):
    """Killed, and killed again at the n-th call of the recovery, for every n."""
    cases, found = 0, []
    chance = random.Random(seed)
    for call in range(1, 400, every):
        with Office() as office:
            office.run("--lives", 1, "--kill", chance.randrange(30, 60), *bug)
            code = office.run("--lives", 0, "--kill", call, *bug)
            cases += 1
            found += [f"killed at call {call} of the recovery: {words}" for words in office.problems(*bug)]
            if code >= 0:
                break
    return cases, found


def kill_under_load(seed, bug=(), rounds=4):
    """Killed at any moment with many callers, again and again on the same record."""
    chance = random.Random(seed)
    with Office() as office:
        found = []
        for round in range(rounds):
            client = subprocess.Popen(
                office.command("--lives", 400, "--callers", 40, "--seed", 1000 * seed + round, "--roll-up", *bug),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.1 + chance.random() * 0.7)
            client.send_signal(signal.SIGKILL)
            client.wait()
            found += [f"killed in round {round} of seed {seed}: {words}" for words in office.problems(*bug)]
        return rounds, found


CALLS = ("openat", "write", "fsync", "rename", "unlink", "mkdir", "ftruncate", "munmap")


def kill_calls(seed, bug=(), every=1):
    """Killed by the tracer as a thread enters its n-th call of a kind, for every n: also those that no seam sees."""
    cases, found = 0, []
    for kind in CALLS:
        for call in range(1 + seed % every, 10_000, every):
            with Office() as office:
                inject = ["-e", f"trace={kind}", "-e", f"inject={kind}:signal=KILL:when={call}"]
                tracer = ["strace", "-f", "-qq", "-o", "/dev/null", *inject]
                code = subprocess.run(tracer + office.command("--lives", 1, *bug), capture_output=True, timeout=120).returncode
                cases += 1
                found += [f"killed at {kind} {call}: {words}" for words in office.problems(*bug)]
                if code == 0:
                    break
    return cases, found


def faults(seed, bug=(), every=1, kinds=("eio", "eio-after", "enospc", "eintr", "short", "sync-eio", "eio+", "enospc+", "erofs+")):
    """The n-th call fails, or all from the n-th on; then the fault is gone."""
    cases, found = 0, []
    for kind in kinds:
        for call in range(1 + seed % every, 10_000, every):
            fault = f"{kind.rstrip('+')}@{call}{'+' if kind.endswith('+') else ''}"
            with Office() as office:
                code = office.run("--lives", 1, "--fault", fault, *bug)
                cases += 1
                found += [f"{fault}: {words}" for words in office.problems(*bug)]
                if code == 0 and (call > 120 or not office.ledger()[-1:] == ["close"]):
                    break
                if call > 150:
                    break
    return cases, found


def power_cut(seed, bug=(), count=60, limit=12, lives=1, fault=(), roll_up=False):
    """The power is cut between any two calls; of what was not synced any part may be lost."""
    with Office(parent=tempfile.gettempdir()) as office:
        disk = powercut.Disk(office.work)
        trace = office.folder + "/trace"
        options = ["--lives", lives, "--seed", seed, *fault, *bug, *(["--roll-up"] if roll_up else [])]
        code = powercut.record_run(office.command(*options), trace)
        if code not in (0, 70, 71):
            return 0, [f"the traced run ended with {code}"]
        history = list(powercut.events(trace, office.work, f"{office.notes}/ledger-1"))
        chance = random.Random(seed)
        cases = powercut.sampled(powercut.cuts(disk, history, limit, chance), count, seed)
        return len(cases), judged(cases, disk.folders, bug)


def real_power_cut(seed, bug=(), rounds=4, systems=("ext4", "xfs")):
    """A file system in a loop file is shut down without its log; then it is mounted again. Needs leave to mount."""
    cases, found = 0, []
    for system in systems:
        with LoopDisk(system) as disk:
            if not disk.mounted:
                continue
            chance = random.Random(seed)
            with Office(parent=disk.mount) as office:
                for round in range(rounds):
                    os.sync()
                    client = subprocess.Popen(
                        office.command("--lives", 4000, "--callers", 20, "--seed", 1000 * seed + round, *bug),
                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    time.sleep(0.2 + chance.random() * 0.8)
                    disk.shut_down()
                    client.kill()
                    client.wait()
                    disk.restart()
                    cases += 1
                    found += [f"power cut {round} of seed {seed} on {system}: {words}" for words in office.problems(*bug)]
    return cases, found


class LoopDisk:
    """A file system in a file, whose power can be cut."""

    SHUTDOWN, WITHOUT_LOG = 0x8004587D, struct.pack("I", 2)   # FS_IOC_SHUTDOWN, FS_SHUTDOWN_FLAGS_NOLOGFLUSH

    def __init__(self, system):
        self.top = tempfile.mkdtemp(prefix="writ-disk-")
        self.mount, self.image = self.top + "/mount", self.top + "/image"
        os.mkdir(self.mount)
        with open(self.image, "wb") as file:
            file.truncate(400 << 20)
        made = shutil.which(f"mkfs.{system}") and not subprocess.run([f"mkfs.{system}", "-q", self.image]).returncode
        self.mounted = bool(made) and self.start()

    def start(self):
        return not subprocess.run(["mount", "-o", "loop", self.image, self.mount], capture_output=True).returncode

    def shut_down(self):
        folder = os.open(self.mount, os.O_RDONLY)
        fcntl.ioctl(folder, self.SHUTDOWN, self.WITHOUT_LOG)
        os.close(folder)

    def restart(self):
        subprocess.run(["umount", self.mount], check=True, capture_output=True)
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.mount], capture_output=True)
        shutil.rmtree(self.top, ignore_errors=True)


def judged(cases, folders, bug):
    """Lays out each state of the disk, has them all recovered by one process, and judges them."""
    top = tempfile.mkdtemp(prefix="writ-cuts-", dir=driver.MEMORY)
    try:
        places = []
        for number, (told, files) in enumerate(cases):
            places.append(f"{top}/{number}")
            powercut.lay_out(files, folders, places[-1])
        words = driver.reopen(places, *bug)
        found = []
        for place, (told, _) in zip(places, cases):
            wrong = [words[place]] if words[place] != "ok" else record.problems(place + "/state", told)
            found += [f"power cut after '{(told or ['the start'])[-1]}': {line}" for line in wrong]
        return found
    finally:
        shutil.rmtree(top, ignore_errors=True)


def corruption(seed, bug=(), count=20):
    """A bit flipped, a file cut short or gone: found, or of no consequence; never served."""
    chance = random.Random(seed)
    with Office() as office:
        office.run("--lives", 8, "--callers", 4, "--seed", seed, *bug)
        truth = tell(office.work)
        found = [] if truth else ["an undamaged record cannot be told"]
        packs = sorted(glob.glob(office.state + "/.git/objects/pack/*"))
        for case in range(count):
            path = chance.choice(packs + [office.state + "/.git/refs/heads/state"])
            with open(path, "rb") as file:
                content = file.read()
            damage(path, content, chance)
            said = tell(office.work)
            if said is not None and said != truth:
                found.append(f"damage {case} of seed {seed} in {os.path.basename(path)} is served")
            restore(office, path, content)
        return count, found + [f"after the damage was mended: {words}" for words in office.problems(*bug)]


def damage(path, content, chance):
    kind = chance.choice(("flip", "cut", "gone", "zero"))
    os.chmod(path, 0o644)
    if kind == "gone":
        os.unlink(path)
        return
    broken = bytearray(content)
    place = chance.randrange(len(broken))
    if kind == "flip":
        broken[place] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del broken[place:]
    else:
        broken[place:place + 64] = bytes(len(broken[place:place + 64]))
    with open(path, "wb") as file:
        file.write(broken)


def restore(office, path, content):
    """Puts the file back, and what recovery set aside on its account."""
    aside = office.state + "/.git/writ/aside"
    for name in os.listdir(aside):
        shutil.move(f"{aside}/{name}", f"{office.state}/.git/objects/pack/{name}")
    if os.path.exists(path):
        os.chmod(path, 0o644)
    with open(path, "wb") as file:
        file.write(content)


def tell(work):
    """What the product says is in the record; None when it refuses."""
    done = subprocess.run([driver.PROGRAM, "tell", work], capture_output=True, timeout=60)
    return done.stdout if done.returncode == 0 else None


def two_runners(seed, bug=()):
    """A second runner is refused while the first is at work, and nothing is lost."""
    with Office() as office:
        first = subprocess.Popen(
            office.command("--lives", 20_000, "--callers", 4, "--seed", seed, *bug), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        wait_for_open(office)
        found = []
        # Two at work collide sooner or later, whatever lets them in: only a refusal that names the holder is one.
        office.run("--lives", 1, "--seed", seed + 1, *bug)
        if not office.lines(office.ledgers)[0].endswith(f"in use by process {first.pid}"):
            found.append(f"a second runner was let in: {office.lines(office.ledgers)[0]}")
        first.kill()
        first.wait()
        return 1, found + office.problems(*bug)


def wait_for_open(office):
    for _ in range(200):
        if "open" in office.ledger():
            return
        time.sleep(0.01)


def stale_files(seed, bug=()):
    """Locks and temporary files that a dead process left block nobody."""
    with Office() as office:
        git = office.state + "/.git/"
        for name in ("refs/heads/state.lock", "objects/pack/pack-1.pack.writ-tmp", "writ/checkpoint.writ-tmp", "gc.pid"):
            with open(git + name, "w", encoding="ascii") as file:
                file.write("stale")
        return 1, office.problems(*bug)


def full_disk(seed, bug=()):
    """The disk fills up for real, and is given room again. Where mounting is not allowed: no case."""
    mount = tempfile.mkdtemp(prefix="writ-full-")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", mount], capture_output=True).returncode:
        os.rmdir(mount)
        return 0, []
    try:
        with Office(parent=mount) as office:
            ballast = mount + "/ballast"
            found = []
            for round in range(5):
                with open(ballast, "wb") as file:
                    free = os.statvfs(mount)
                    file.write(bytes(max(0, free.f_bavail * free.f_bsize - 120_000 * round - 30_000)))
                office.run("--lives", 60, "--callers", 8, "--seed", 100 * seed + round, *bug)
                os.unlink(ballast)
                found += [f"round {round} of a full disk: {words}" for words in office.problems(*bug)]
            return 5, found
    finally:
        subprocess.run(["umount", "-l", mount], capture_output=True)
        os.rmdir(mount)


def stock_git(seed, bug=()):
    """People run `git gc --prune=now` in the record, over and over, while it is written."""
    with Office() as office:
        stop = threading.Event()

        def collect():
            while not stop.is_set():
                for words in (["gc", "--prune=now", "--quiet"], ["repack", "-a", "-d", "-q"], ["prune", "--expire=now"]):
                    record.git(office.state, *words)

        thread = threading.Thread(target=collect)
        thread.start()
        office.run("--lives", 60, "--callers", 8, "--seed", seed, "--roll-up", *bug)
        stop.set()
        thread.join()
        return 1, office.problems(*bug)
