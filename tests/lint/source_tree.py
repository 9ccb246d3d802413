# SPDX-License-Identifier: Apache-2.0
"""The project's files as the lints see them: paths, texts, and C++ without comments and literals."""
import os
import re
from pathlib import Path

SKIPPED_FOLDERS = {"build", "out", "node_modules", "__pycache__", ".git", ".cache"}
PRODUCT_FOLDERS = ("src", "platform", "qml", "resources")


def files(root, folders, suffixes):
    """Every file under `folders` of `root` whose name ends in one of `suffixes`, sorted, as paths relative to `root`."""
    found = []
    for folder in folders:
        for where, below, names in os.walk(Path(root) / folder):
            below[:] = sorted(name for name in below if name not in SKIPPED_FOLDERS)
            found += [Path(where, name).relative_to(root) for name in names if name.endswith(tuple(suffixes))]
    return sorted(set(found))


def text(root, path):
    return (Path(root) / path).read_text(encoding="utf-8", errors="replace")


_TOKEN = re.compile(
    r"""//[^\n]*                                  # comment to the end of the line
      | /\*.*?\*/                                 # comment
      | R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"   # raw string
      | "(?:\\.|[^"\\\n])*"                       # string
      | (?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'      # character; not a digit separator
    """,
    re.VERBOSE | re.DOTALL,
)


def without_comments(source):
    """C++, QML or JavaScript with comments blanked; line numbers stay."""
    def blank(match):
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith(("//", "/*")) else token
    return _TOKEN.sub(blank, source)


def bare(source):
    """The same with the content of literals blanked too."""
    def blank(match):
        token = match.group()
        if token.startswith(("//", "/*")):
            return re.sub(r"[^\n]", " ", token)
        inner = re.sub(r"[^\n]", " ", token[1:-1])
        return '"' + inner + '"' if token[-1] == '"' else "'" + inner + "'"
    return _TOKEN.sub(blank, source)


def line_of(source, position):
    return source.count("\n", 0, position) + 1


def words(identifier):
    """perPurchase_minorMax -> [per, purchase, minor, max]"""
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", identifier)]
