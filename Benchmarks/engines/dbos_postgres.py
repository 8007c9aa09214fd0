#!/usr/bin/env python3
"""The same work in DBOS on PostgreSQL: a start, four jobs and one approval, each durable before the next begins.

    dbos_postgres.py FOLDER INSTANCES    prints transitions and seconds

The database is a server of its own, with the settings that Debian gives it: every commit is synced. The approval is a message
that the workflow waits for.
"""

import concurrent.futures
import glob
import json
import os
import pwd
import subprocess
import sys
import time

from dbos import DBOS

STEPS = ["reserve", "charge", "pack", "ship"]
CALLERS = 32
PROGRAMS = "/usr/lib/postgresql/*/bin"


@DBOS.step()
def job(step, number):
    return {"status": 200, "body": {"id": f"{step}-{number}"}}


@DBOS.workflow()
def order(number):
    for step in STEPS:
        job(step, number)
    return DBOS.recv("approve", timeout_seconds=60)


def live(number):
    handle = DBOS.start_workflow(order, number)
    DBOS.send(handle.workflow_id, "approved", topic="approve")
    assert handle.get_result() == "approved"


class Postgres:
    """A server for the time of the measurement, on a socket in its folder."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = sorted(glob.glob(PROGRAMS))[-1]
        # The server refuses to run for root.
        self.user = pwd.getpwnam("postgres") if os.getuid() == 0 else None

    def run(self, program, *arguments):
        become = (lambda: (os.setgid(self.user.pw_gid), os.setuid(self.user.pw_uid))) if self.user else None
        subprocess.run(
            [f"{self.programs}/{program}", *arguments], check=True, stdout=subprocess.DEVNULL, preexec_fn=become,
            cwd="/")

    def __enter__(self):
        os.makedirs(self.folder)
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        data = self.folder + "/data"
        self.run("initdb", "-D", data, "-U", "writ", "--auth=trust")
        self.run("pg_ctl", "-D", data, "-w", "-l", self.folder + "/log", "-o", f"-c listen_addresses='' -k {self.folder}", "start")
        self.run("createdb", "-h", self.folder, "-U", "writ", "orders")
        return f"postgresql://writ@/orders?host={self.folder}"

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", self.folder + "/data", "-w", "-m", "fast", "stop")


def main(folder, instances):
    with Postgres(folder + "/postgres") as address:
        DBOS(config={"name": "orders", "system_database_url": address, "log_level": "ERROR", "run_admin_server": False})
        DBOS.launch()
        with concurrent.futures.ThreadPoolExecutor(CALLERS) as pool:
            list(pool.map(live, range(20)))
            start = time.monotonic()
            list(pool.map(live, range(20, 20 + instances)))
            seconds = time.monotonic() - start
        DBOS.destroy()
    print(json.dumps({"transitions": instances * (2 + len(STEPS)), "seconds": seconds}))


if __name__ == "__main__":
    if sys.argv[1] == "--present":
        sys.exit(0 if glob.glob(PROGRAMS) else 1)
    main(sys.argv[1], int(sys.argv[2]))
