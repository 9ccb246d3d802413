# SPDX-License-Identifier: Apache-2.0
"""What may lie at the top of the tree."""
from pathlib import Path

ALLOWED = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "qml", "src", "platform", "resources", "tests",
           "translations", "cmake", "docs", "scripts"}
GENERATED = {"build", "out"}


def check(root):
    return [f"{path.name}: not a top-level entry of this project" for path in sorted(Path(root).iterdir())
            if path.name not in ALLOWED | GENERATED and not path.name.startswith(".")]
