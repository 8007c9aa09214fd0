#!/usr/bin/env python3
"""Disturbs the record in every way known, and has it judged from outside after each.

    faults.py share                 what CI runs: every kind once, and every planted bug found
    faults.py campaign [MINUTES]    seeds from now on until the time is up; prints a line for docs/faults.md
    faults.py bug NAME              looks for one planted bug
    faults.py run NAME SEED         repeats one campaign
"""

import concurrent.futures
import os
import shutil
import sys
import time

import campaigns
from driver import Office

SHARE = [
    ("kill_each", {"every": 2}), ("kill_recovery", {"every": 6}), ("kill_under_load", {"rounds": 2}),
    ("kill_calls", {"every": 7}), ("real_power_cut", {"rounds": 2}), ("faults", {"every": 23}), ("power_cut", {"count": 80}), ("power_cut", {"count": 40, "lives": 20, "roll_up": True}),
    ("corruption", {"count": 12}), ("two_runners", {}), ("stale_files", {}), ("full_disk", {}), ("stock_git", {}),
]
LONG = [
    ("kill_each", {}), ("kill_recovery", {"every": 1}), ("kill_under_load", {"rounds": 10}), ("kill_calls", {"every": 1}),
    ("real_power_cut", {"rounds": 20}), ("faults", {"every": 1}), ("power_cut", {"count": 2_000, "limit": 64}),
    ("power_cut", {"count": 2_000, "limit": 16, "lives": 20, "roll_up": True}), ("corruption", {"count": 200}),
    ("two_runners", {}), ("stale_files", {}), ("full_disk", {}), ("stock_git", {}),
]
CUT = ("power_cut", {"count": 40, "limit": 8})
BUGS = {
    "pack-not-synced": CUT, "index-not-synced": CUT, "pack-folder-not-synced": CUT, "ref-not-synced": CUT,
    "ref-folder-not-synced": CUT, "ref-before-pack": CUT, "ref-in-place": CUT, "answers-early": CUT,
    "failed-sync-swallowed": ("power_cut", {"count": 40, "limit": 8, "fault": ("--fault", "sync-eio@29+")}),
    "torn-pack": ("stale_files", {}), "torn-index": ("stale_files", {}),
    "stale-lock-kept": ("stale_files", {}), "no-owner": ("two_runners", {}),
    "roll-up-unlinks-first": ("power_cut", {"count": 20, "lives": 8, "roll_up": True}),
    "loses-event": ("stale_files", {}), "keeps-old-head": ("stale_files", {}), "skips-sequence": ("stale_files", {}),
    "commits-twice": ("stale_files", {}), "forgets-requests": ("kill_each", {"every": 1, "most": 70}),
    "acknowledges-failure": ("faults", {"kinds": ("enospc",), "every": 3}),
    "forgets-keys": ("kill_each", {"every": 1, "most": 70}),
}


def run(name, seed, options, bug=()):
    start = time.monotonic()
    cases, found = getattr(campaigns, name)(seed, bug, **options)
    return name, seed, cases, found, time.monotonic() - start


def hunt(bug):
    """Whether the harness finds the bug: it is no bug that hides, but the harness that is blind."""
    name, options = BUGS[bug]
    _, _, cases, found, took = run(name, 1, options, ("--bug", bug))
    return bug, name, cases, found, took


def share():
    failed = False
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        rounds = [pool.submit(run, name, 1, options) for name, options in SHARE]
        hunts = [pool.submit(hunt, bug) for bug in BUGS]
        for future in rounds:
            name, seed, cases, found, took = future.result()
            failed = failed or bool(found)
            print(f"  {name}, seed {seed}: {cases} cases, {len(found)} problems, {took:.1f} s", flush=True)
            for words in found[:5]:
                print(f"    {words}")
        for future in hunts:
            bug, name, cases, found, took = future.result()
            failed = failed or not found
            words = found[0] if found else "NOT FOUND"
            print(f"  planted bug {bug}: {name}, {cases} cases, {took:.1f} s: {words[:110]}", flush=True)
    return failed


def campaign(minutes):
    end = time.monotonic() + 60 * minutes
    seed = first = int(time.time())
    totals, problems = {}, 0
    while time.monotonic() < end:
        for name, options in LONG:
            if time.monotonic() > end:
                break
            _, _, cases, found, took = run(name, seed, options)
            totals[name] = totals.get(name, 0) + cases
            problems += len(found)
            print(f"  {name}, seed {seed}: {cases} cases, {len(found)} problems, {took:.1f} s", flush=True)
            for words in found[:20]:
                print(f"    {words}", flush=True)
        seed += 1
    counts = ", ".join(f"{name} {count}" for name, count in totals.items())
    print(f"| {time.strftime('%Y-%m-%d')} | {first}..{seed} | {sum(totals.values())} | {counts} | {problems} |")
    return problems > 0


def main(arguments):
    try:
        match arguments:
            case ["share"]:
                return share()
            case ["campaign", *minutes]:
                return campaign(float(minutes[0]) if minutes else 30)
            case ["bug", bug]:
                bug, name, cases, found, took = hunt(bug)
                print(f"{bug}: {name}, {cases} cases, {took:.1f} s, {len(found)} problems")
                print("\n".join(found[:10]))
                return not found
            case ["run", name, seed]:
                options = next(options for known, options in LONG if known == name)
                _, _, cases, found, took = run(name, int(seed), options)
                print(f"{name}, seed {seed}: {cases} cases, {took:.1f} s", *found[:20], sep="\n")
                return bool(found)
    finally:
        if Office.template:
            shutil.rmtree(Office.template, ignore_errors=True)
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    sys.exit(main(sys.argv[1:]))
