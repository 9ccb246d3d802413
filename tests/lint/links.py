# SPDX-License-Identifier: Apache-2.0
"""Includes, CMake links and QML imports against the link table of README.md."""
import re
from functools import lru_cache
from pathlib import Path

import source_tree

LIBRARY_OF_HEADER = (
    (re.compile(r"^(openssl|tss2)/"), "OpenSSL"),
    (re.compile(r"^sqlite3(ext)?\.h$"), "SQLite"),
    (re.compile(r"^(libpq-fe|libpq/.*|postgresql/.*)"), "libpq"),
    (re.compile(r"^httplib\.h$"), "cpp-httplib"),
    (re.compile(r"^nlohmann/"), "nlohmann-json"),
    (re.compile(r"^valijson/"), "valijson"),
    (re.compile(r"^QtSql"), "QtSql"),
)
QT_INCLUDES = Path("/usr/include/x86_64-linux-gnu/qt6")
SYSTEM_HEADER = re.compile(r"^(unistd|fcntl|signal|poll|termios|grp|pwd)\.h$|^(sys|linux|netinet|arpa)/")
PURE = ("payment", "consent", "merkle")
NOT_PURE = re.compile(
    r"^(QObject|QFile\w*|QDir\w*|QSaveFile|QIODevice|QTimer|QThread\w*|QProcess\w*|QSettings|QElapsedTimer"
    r"|QDeadlineTimer|QEventLoop|QCoreApplication|QStandardPaths|fstream|iostream|filesystem|thread|mutex"
    r"|future|ctime|time\.h|cstdio|stdio\.h)$")
CLOCK_CALL = re.compile(
    r"\b(system_clock|steady_clock|readBootTime|readWallTime|clock_gettime|gettimeofday|QElapsedTimer"
    r"|currentDateTime\w*|currentDate|currentTime|current\w*SinceEpoch)\b")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
LINKS_CALL = re.compile(r"\b(glovebox_library|glovebox_program)\s*\(\s*(\S+)(.*?)\)", re.DOTALL)
ENTRY = re.compile(r"`([^`]+)`")


class Table:
    """Rows of the README's table: folder path -> (names it may include, libraries)."""

    def __init__(self, readme):
        self.rows = {}
        columns = None
        for line in readme.splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else None
            if cells is None:
                columns = None
            elif "may include" in cells:
                columns = {name: cells.index(name) for name in ("folder", "may include", "libraries")}
            elif columns and not set(cells[0]) <= set("-: "):
                self._add(cells, columns)

    def _add(self, cells, columns):
        folder = ENTRY.search(cells[columns["folder"]])
        libraries = {name.strip() for name in cells[columns["libraries"]].split(",") if name.strip()}
        self.rows[folder.group(1)] = (set(ENTRY.findall(cells[columns["may include"]])), libraries)

    def folder_of(self, path):
        return next((folder for folder in self.rows if str(path).startswith(folder + "/")), None)


@lru_cache(maxsize=None)
def qt_module(header):
    """QtNetwork for <QTcpSocket> and for <QtNetwork/QTcpSocket>; None where it is no Qt header."""
    if header.startswith("Qt") and "/" in header:
        return header.split("/")[0]
    if not re.match(r"^(Q[A-Z]|q[a-z0-9_]+\.h$|Qt[A-Z])", header):
        return None
    homes = sorted(path.parent.name for path in QT_INCLUDES.glob("Qt*/" + header))
    return "QtCore" if "QtCore" in homes else (homes[0] if homes else None)


def library_of(header):
    for pattern, library in LIBRARY_OF_HEADER:
        if pattern.match(header):
            return library
    return qt_module(header)


def _named(included):
    """The row a quoted include belongs to: payment/x.h -> payment, platform/viss/x.h -> viss, qml/… -> qml."""
    parts = included.split("/")
    if parts[0] == "platform" and len(parts) > 2:
        return parts[1]
    if parts[0] == "qml" and len(parts) > 3:
        return "qml:" + parts[2]
    return parts[0] if len(parts) > 1 else None


def _may_include(own_folder, name, allowed):
    own = own_folder.split("/")[-1]
    if name is None or name in (own, "base", "qml:" + own):
        return True
    if name.startswith("qml:"):
        return "qml" in allowed or name[4:] in allowed
    return name in allowed


def _check_file(path, folder, source, table):
    allowed, libraries = table.rows[folder]
    known = {row.split("/")[-1] for row in table.rows}
    own = folder.split("/")[-1]
    for match in INCLUDE.finditer(source):
        included = match.group(2)
        where = f"{path}:{source_tree.line_of(source, match.start())}"
        name = _named(included) if match.group(1) == '"' else None
        plain = name.removeprefix("qml:") if name else None
        if name == "tests":
            yield f"{where}: the product includes {included}"
        elif plain in known and not _may_include(folder, name, allowed):
            yield f"{where}: {folder} may not include {included}"
        library = library_of(included)
        if library and library != "QtCore" and library not in libraries:
            yield f"{where}: {folder} may not include {library} ({included})"
        if own in PURE and (NOT_PURE.match(included) or SYSTEM_HEADER.match(included)):
            yield f"{where}: {own} is pure and may not include {included}"
    if own in PURE:
        for match in CLOCK_CALL.finditer(source_tree.bare(source)):
            yield f"{path}:{source_tree.line_of(source, match.start())}: {own} is pure and has no clock of its own"


def _check_cmake(root, table):
    for path in source_tree.files(root, ("src", "platform"), ("CMakeLists.txt",)):
        folder = table.folder_of(path)
        source = re.sub(r"#[^\n]*", "", source_tree.text(root, path))
        if folder is None:
            continue
        # Targets of the folder itself, and the translated texts, which are data.
        own_targets = {call.group(2) for call in LINKS_CALL.finditer(source)} | {"core_i18n", "cockpit_i18n"}
        allowed, own = table.rows[folder][0] | own_targets, folder.split("/")[-1]
        for call in LINKS_CALL.finditer(source):
            arguments = re.search(r"\bLINKS\b(.*?)(\bSOURCES\b|\bLIBRARIES\b|$)", call.group(3), re.DOTALL)
            for link in arguments.group(1).split() if arguments else ():
                if "$" not in link and not _may_include(folder, link, allowed):
                    yield f"{path}: {call.group(2)} may not link {link}"
        if own != "simulator" and re.search(r"\bglovebox_simulator\w*|\bglovebox_desk\w*", source):
            yield f"{path}: the simulator is linked into a shipped folder"


def _check_qml(root, table):
    for path in source_tree.files(root, ("qml", "src", "platform"), (".qml",)):
        folder = table.folder_of(path)
        if folder is None or not folder.startswith("qml/"):
            continue
        allowed = table.rows[folder][0] | {folder.split("/")[-1]}
        source = source_tree.without_comments(source_tree.text(root, path))
        for match in re.finditer(r"^\s*import\s+Glovebox\.(\w+)", source, re.MULTILINE):
            if match.group(1) not in allowed:
                yield f"{path}:{source_tree.line_of(source, match.start())}: {folder} may not import {match.group(1)}"


def check(root):
    table = Table(source_tree.text(root, "README.md"))
    if not table.rows:
        return ["README.md: no link table (a Markdown table with the columns folder, may include, libraries)"]
    found = []
    for path in source_tree.files(root, ("src", "platform", "qml"), (".cpp", ".h")):
        folder = table.folder_of(path)
        if folder is None:
            found.append(f"{path}: its folder has no row in the link table of README.md")
            continue
        source = source_tree.without_comments(source_tree.text(root, path))
        found += _check_file(path, folder, source, table)
    return found + list(_check_cmake(root, table)) + list(_check_qml(root, table))
