# SPDX-License-Identifier: Apache-2.0
"""run.py RULE ROOT: prints what breaks the rule; exit code 1 when anything does."""
import importlib
import sys

RULES = ("links", "sizes", "patterns", "layout", "formatting")


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in RULES:
        print(f"usage: run.py {'|'.join(RULES)} ROOT", file=sys.stderr)
        return 64
    found = importlib.import_module(arguments[0]).check(arguments[1])
    for violation in found:
        print(violation)
    print(f"{arguments[0]}: {len(found)} violation(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
