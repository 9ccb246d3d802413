# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmark programs, merges their lines into one list, prints a table. scripts/bench documents the exit codes."""
import argparse
import json
import subprocess
import sys
from pathlib import Path

FIELDS = ("name", "value", "unit", "floor", "ratio", "goal", "met")
PROGRAM_TIMEOUT_S = 900
FAILED, GOAL_MISSED, WRONG_USE = 1, 3, 64


def run(program):
    """The figures of one program; raises ValueError where it failed or printed something else."""
    # Beside the programs, since what is measured depends on the disk.
    done = subprocess.run([program.resolve(), str(program.parent)], stdout=subprocess.PIPE, text=True, check=False,
                          timeout=PROGRAM_TIMEOUT_S)
    if done.returncode != 0:
        raise ValueError(f"exit code {done.returncode}")
    figures = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    if not figures:
        raise ValueError("no figure")
    for figure in figures:
        if tuple(figure) != FIELDS:
            raise ValueError(f"not a figure: {figure}")
    return figures


def cell(value):
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def print_table(figures):
    rows = [FIELDS, *([cell(figure[field]) for field in FIELDS] for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(FIELDS))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", default="")
    options = parser.parse_args()
    # A part is one of those of its benchmark: bench_approve_hop goes with bench_approve.
    patterns = [f"bench_{options.only}", f"bench_{options.only}_*"] if options.only else ["bench_*"]
    programs = sorted(path for pattern in patterns for path in options.programs.glob(pattern))
    if not programs:
        known = ", ".join(path.name.removeprefix("bench_") for path in sorted(options.programs.glob("bench_*")))
        print(f"bench: no benchmark named {options.only!r}; there are: {known}", file=sys.stderr)
        return WRONG_USE
    figures, failed = [], False
    for program in programs:
        try:
            figures += run(program)
        except (ValueError, OSError, subprocess.TimeoutExpired) as error:
            print(f"bench: {program.name}: {error}", file=sys.stderr)
            failed = True
    print_table(figures)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    missed = [figure for figure in figures if figure["met"] is False]
    for figure in missed:
        reached = figure["value"] if figure["ratio"] is None else figure["ratio"]
        print(f"bench: missed: {figure['name']} is {reached:.3g}, the goal is {figure['goal']:.3g}", file=sys.stderr)
    if failed:
        return FAILED
    return GOAL_MISSED if missed else 0


if __name__ == "__main__":
    sys.exit(main())
