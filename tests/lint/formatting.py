# SPDX-License-Identifier: Apache-2.0
"""clang-format over all C++."""
import shutil
import subprocess
from pathlib import Path

import source_tree

PROGRAM = "clang-format-19"


def check(root):
    if shutil.which(PROGRAM) is None:
        return [f"{PROGRAM} is not installed: run scripts/setup"]
    if not (Path(root) / ".clang-format").exists():
        return [".clang-format is missing"]
    paths = [str(path) for path in source_tree.files(root, ("src", "platform", "qml", "tests"), (".cpp", ".h"))]
    if not paths:
        return []
    done = subprocess.run([PROGRAM, "--dry-run", "--Werror", "--ferror-limit=1", *paths], cwd=root, capture_output=True,
                          text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if ": error: " in line]
    if done.returncode != 0 and not lines:
        lines = [done.stderr.strip() or f"{PROGRAM} failed"]
    return lines
