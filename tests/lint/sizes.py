# SPDX-License-Identifier: Apache-2.0
"""Lengths of files and functions, and the SPDX line."""
import ast
import re
from pathlib import Path

import source_tree

CPP_LINES_MAX = 400
QML_LINES_MAX = 250
MAIN_QML_LINES_MAX = 150
FUNCTION_LINES_MAX = 70
FOLDERS = ("src", "platform", "qml", "tests", "scripts", "cmake", ".ci")
SPDX = "SPDX-License-Identifier: Apache-2.0"
SPDX_SUFFIXES = (".cpp", ".h", ".qml", ".py", ".cmake", "CMakeLists.txt", ".xml", ".rep", ".conf", ".service", ".socket",
                 ".sh", ".mjs", ".js", ".sql")
SCOPE = re.compile(r"^(?:export\s+|inline\s+)*(?:namespace|class|struct|union|enum|extern)\b")
# What may stand before a declaration without a semicolon of its own: Q_OBJECT, Q_LOGGING_CATEGORY(a, b), public Q_SLOTS:
BEFORE = re.compile(r"\s*(?:(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+\b)(?:\s*\((?:[^()]|\([^()]*\))*\))?"
                    r"|(?:public|private|protected|signals)(?:\s+Q_SLOTS)?\s*:|\bQ_SIGNALS\s*:)\s")


def _declaration(head):
    while match := BEFORE.match(head):
        head = head[match.end():]
    return head.strip()


def _without_template_heads(head):
    while True:
        shorter = re.sub(r"\btemplate\s*<[^<>]*(?:<[^<>]*>[^<>]*)*>", "", head)
        if shorter == head:
            return head.strip()
        head = shorter


def _is_scope(head):
    head = re.sub(r"\b(alignas|__attribute__)\s*\([^)]*\)", "", _without_template_heads(head))
    return bool(SCOPE.match(head)) and "(" not in head


def cpp_functions(source):
    """(first line, lines) of each function at namespace or class scope."""
    source = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()),
                    source_tree.bare(source), flags=re.MULTILINE)
    scopes, parens, head_start, function_start = [], 0, 0, 0
    for position, sign in enumerate(source):
        if sign in "()":
            parens += 1 if sign == "(" else -1
        elif sign == "{":
            head = _declaration(source[head_start:position])
            kind = "other"
            if all(scope == "scope" for scope, _, _ in scopes):
                kind = "scope" if _is_scope(head) else "function" if ")" in head and parens == 0 else "other"
            if kind == "function" and not head.startswith(","):
                function_start = source.index(head, head_start)
            scopes.append((kind, function_start, parens))
            head_start = position + 1
        elif sign == "}" and scopes:
            kind, start, parens = scopes.pop()
            if kind == "function":
                first = source_tree.line_of(source, start)
                yield first, source_tree.line_of(source, position) - first + 1
            if kind != "other":
                head_start = position + 1
        elif sign == ";" and parens == 0:
            head_start = position + 1


def qml_functions(source):
    """(first line, lines) of each function and handler block."""
    source = source_tree.bare(source)
    for match in re.finditer(r"\bfunction\s+\w+\s*\([^)]*\)[^{\n]*\{|\bon[A-Z]\w*\s*:[^{\n]*\{", source):
        depth = 0
        for position in range(match.end() - 1, len(source)):
            depth += {"{": 1, "}": -1}.get(source[position], 0)
            if depth == 0:
                first = source_tree.line_of(source, match.start())
                yield first, source_tree.line_of(source, position) - first + 1
                break


def python_functions(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno - node.lineno + 1


def _lines_max(path):
    if path.suffix in (".cpp", ".h"):
        return CPP_LINES_MAX
    if path.suffix == ".qml":
        return MAIN_QML_LINES_MAX if path.name == "Main.qml" else QML_LINES_MAX
    return None


def check(root):
    found = []
    functions = {".cpp": cpp_functions, ".h": cpp_functions, ".qml": qml_functions, ".py": python_functions}
    for path in source_tree.files(root, FOLDERS, (".cpp", ".h", ".qml", ".py")):
        source = source_tree.text(root, path)
        lines = source.count("\n")
        limit = _lines_max(path)
        if limit and lines > limit:
            found.append(f"{path}: {lines} lines, at most {limit}")
        for first, length in functions[path.suffix](source):
            if length > FUNCTION_LINES_MAX:
                found.append(f"{path}:{first}: a function of {length} lines, at most {FUNCTION_LINES_MAX}")
    for path in source_tree.files(root, FOLDERS, ("",)):
        wanted = path.name.endswith(SPDX_SUFFIXES) or (path.parts[0] in ("scripts", ".ci") and not path.suffix)
        if wanted and SPDX not in source_tree.text(root, path)[:600]:
            found.append(f"{path}: no SPDX line")
    if (Path(root) / "CMakeLists.txt").exists() and SPDX not in source_tree.text(root, "CMakeLists.txt")[:600]:
        found.append("CMakeLists.txt: no SPDX line")
    return found
