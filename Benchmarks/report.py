#!/usr/bin/env python3
"""Tells figures in docs/performance.md: a table, the conditions, and plots as SVG.

    report.py FIGURES.jsonl DOCS
"""

import json
import os
import platform
import subprocess
import sys
import time

HEAD = """# Performance

Figures of one machine. What counts is the ratio to the reference, which was measured in the same run on the same
disk; the rest moves with the machine. `make bench` prints them, `make bench-report` writes this page.

"""
TAIL = """
**How it is measured.** Commands go through `Runner.submit`, the entrance that every door uses, into a workflow repository that
was deployed by a commit. A thousand callers each wait for their answer before they ask for more, so batches form by themselves;
every answer comes after both barriers. *Automatic* is a process of four services and an end, five acknowledged commands;
*approval* is a start and a decision. *Four jobs and an approval* is six commands, done by the same callers, over HTTP by 320 connections to
a real `writ serve` on the same two cores, and by other engines where they are installed, each transition durable before the
next: SpiffWorkflow in a process per core with an SQLite database of its own, DBOS with 32 callers on a PostgreSQL server. The file versions that the commits made are then written out as a stream, and `git
fast-import` writes the same ones, a commit per thousand. Restart and memory are a fresh process's, from its first line to a runner
that takes commands. Growth rolls packs up while it runs, as `writ serve` does, and ends with stretches that take turns with the same
stretches in empty records. Beside maintenance, a lone caller measures each of its commands while small packs are rolled up and stock git
packs everything with deltas, and before.
"""


def conditions():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(next(line for line in file if line.startswith("MemTotal")).split()[1]) // (1 << 20)
    folder = os.environ.get("WRIT_BENCH_FOLDER", "/var/tmp")
    disk = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip()
    git = subprocess.run(["git", "--version"], capture_output=True, text=True).stdout.split()[2]
    return (
        f"{time.strftime('%Y-%m-%d')}: {os.cpu_count()} cores ({model}), {memory} GiB, {disk}, Linux {platform.release().split('-')[0]}, "
        f"git {git}, Swift release build.")


def number(value):
    if value >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def bound(figure):
    budget = figure.get("budget")
    if not budget:
        return ""
    least, most = budget.get("atLeast"), budget.get("atMost")
    word, limit = ("at least", least) if least is not None else ("at most", most)
    return f"{word} {number(limit)}" + ("x" if budget["of"] == "ratio" else f" {figure['unit']}")


def row(figure):
    reference = figure.get("reference")
    beside = f"{reference['what']}: {number(reference['value'])}" if reference else ""
    ratio = f"{figure['ratio']:.3g}x" if "ratio" in figure else ""
    verdict = {True: "yes", False: "**no**", None: ""}[figure.get("holds")]
    return f"| {figure['figure']} | {number(figure['value'])} {figure['unit']} | {beside} | {ratio} | {bound(figure)} | {verdict} |"


def details(figures):
    lines = []
    for figure in figures:
        if figure.get("with"):
            counted = ", ".join(f"{name} {number(value)}" for name, value in sorted(figure["with"].items()))
            lines.append(f"- {figure['figure']}: {counted}")
    return "\n".join(lines)


def plot(points, title, x_word, y_word):
    """A line through the points, from zero, as SVG."""
    width, height, left, bottom = 640, 280, 70, 40
    most_x, most_y = max(x for x, _ in points), max(y for _, y in points) * 1.1

    def place(x, y):
        return left + x / most_x * (width - left - 40), height - bottom - y / most_y * (height - bottom - 30)

    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(x, y) for x, y in points))
    ticks = "".join(
        f'<text x="{left - 8}" y="{place(0, most_y * part)[1] + 4:.0f}" text-anchor="end">{number(most_y * part)}</text>'
        f'<line x1="{left}" x2="{width - 40}" y1="{place(0, most_y * part)[1]:.0f}" y2="{place(0, most_y * part)[1]:.0f}" class="g"/>'
        for part in (0.25, 0.5, 0.75, 1))
    ends = "".join(
        f'<text x="{place(most_x * part, 0)[0]:.0f}" y="{height - bottom + 18}" text-anchor="middle">{number(most_x * part)}</text>'
        for part in (0.25, 0.5, 0.75, 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">'
        '<style>text{font:12px sans-serif;fill:#777}.g{stroke:#8884}.l{fill:none;stroke:#2a6fb0;stroke-width:2}</style>'
        f'<text x="{left}" y="16">{title}: {y_word}</text>{ticks}{ends}'
        f'<text x="{width - 40}" y="{height - 6}" text-anchor="end">{x_word}</text>'
        f'<polyline class="l" points="{line}"/></svg>\n')


def bars(figures):
    """Ratios that must be at least a bound, each with its bound as a mark."""
    kept = [figure for figure in figures if "ratio" in figure and figure.get("budget", {}).get("of") == "ratio"]
    rows, height = [], 34 * len(kept) + 20
    for place, figure in enumerate(kept):
        limit = figure["budget"].get("atLeast") or figure["budget"].get("atMost")
        most = 2.5 * limit
        y = 10 + 34 * place
        length = min(figure["ratio"] / most, 1) * 300
        mark = 300 + limit / most * 300
        rows.append(
            f'<text x="290" y="{y + 15}" text-anchor="end">{figure["figure"]}</text>'
            f'<rect x="300" y="{y}" width="{length:.0f}" height="20" class="b"/>'
            f'<line x1="{mark:.0f}" x2="{mark:.0f}" y1="{y - 4}" y2="{y + 24}" class="m"/>'
            f'<text x="{max(308 + length, mark + 8):.0f}" y="{y + 15}">{figure["ratio"]:.3g}x ({bound(figure)})</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img" aria-label="Ratios to the references">'
        '<style>text{font:12px sans-serif;fill:#777}.b{fill:#2a6fb0}.m{stroke:#b03a2a;stroke-width:2}</style>'
        + "".join(rows) + "</svg>\n")


def main(source, docs):
    with open(source, encoding="utf-8") as file:
        figures = [json.loads(line) for line in file if line.startswith("{")]
    growth = [figure for figure in figures if figure["figure"] == "speed while growing"]
    figures = [figure for figure in figures if figure["figure"] != "speed while growing"]
    page = HEAD + conditions() + "\n\n| figure | measured | reference | ratio | budget | holds |\n|---|---|---|---|---|---|\n"
    page += "\n".join(row(figure) for figure in figures) + "\n\n![Ratios](images/performance-ratios.svg)\n"
    with open(f"{docs}/images/performance-ratios.svg", "w", encoding="utf-8") as file:
        file.write(bars(figures))
    if growth:
        points = [(figure["with"]["transitions"], figure["value"]) for figure in growth]
        with open(f"{docs}/images/performance-growth.svg", "w", encoding="utf-8") as file:
            file.write(plot(points, "Growth", "transitions in history", "commands a second"))
        page += "\n![Speed while the history grows](images/performance-growth.svg)\n"
    page += TAIL + "\nCounted in the same run:\n\n" + details(figures) + "\n"
    with open(f"{docs}/performance.md", "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
