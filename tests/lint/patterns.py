# SPDX-License-Identifier: Apache-2.0
"""Patterns that are banned, each with its reason."""
import re
from dataclasses import dataclass

import source_tree

MONEY_WORDS = {"amount", "amounts", "price", "prices", "money", "minor", "total", "cost", "budget", "fee", "balance", "euro",
               "euros", "cent", "cents", "captured", "refund", "charge", "payable", "paid"}
SECRET_WORDS = {"pin", "secret", "password", "passphrase", "token", "tokens"}
ABOUT_A_SECRET = {"file", "path", "title", "hint", "label", "text", "prompt", "message", "help", "sentence", "state",
                  "status", "reference", "sha", "hash", "digest", "svg", "count", "url", "endpoint", "record", "type"}
CPP = (".cpp", ".h")
CODE = ("src", "platform", "qml", "tests")
PRODUCT = source_tree.PRODUCT_FOLDERS


@dataclass(frozen=True)
class Ban:
    name: str
    pattern: str
    reason: str
    folders: tuple = CODE
    suffixes: tuple = CPP
    in_literals: bool = False  # look at comments and literals too


BANS = (
    Ban("setContextProperty", r"\bsetContext(Property|Properties|Object)\b", "inject typed objects", suffixes=CPP + (".qml",)),
    Ban("coarse timer", r"\bQt::(Very)?CoarseTimer\b", "5 % off: rules with a number need precise timers"),
    Ban("coarse singleShot", r"\bsingleShot\s*\(\s*(?!0\s*,|0ms)(?!std::chrono::\w+\{0\})(?:(?!PreciseTimer)[^;])*?,\s*(?!Qt::PreciseTimer)(?:(?!PreciseTimer)[^;])*;",
        "pass Qt::PreciseTimer", folders=("src", "platform", "qml")),
    Ban("coarse startTimer", r"\bstartTimer\s*\((?:(?!PreciseTimer)[^;])*;", "pass Qt::PreciseTimer",
        folders=("src", "platform", "qml")),
    Ban("lenient JSON", r"\bQJsonDocument::fromJson\b", "takes duplicate keys and worse: read with base/json.h",
        folders=("src", "platform")),
    Ban("sleep", r"\bQTest::q(Wait|Sleep)\b|\bsleep_(for|until)\b|\bQThread::[mu]?sleep\b|\b(usleep|nanosleep|sleep)\s*\(",
        "wait for a condition or move a fake clock", folders=("tests",)),
    Ban("sleep in Python", r"\btime\.sleep\b", "wait for a condition", folders=("tests", "scripts"), suffixes=(".py",)),
    Ban("plain test main", r"\bQTEST_(GUILESS_|APPLESS_)?MAIN\b", "GLOVEBOX_TEST_MAIN fails on unexpected messages",
        folders=("tests",)),
    Ban("qmllint silenced", r"qmllint\s+disable", "correct the warning", suffixes=(".qml",), in_literals=True),
    Ban("NOLINT without a check", r"\bNOLINT(NEXTLINE|BEGIN|END)?\b(?!\([\w.,*\s-]+\))", "name the check", in_literals=True),
    Ban("left over", r"\b(TODO|FIXME|HACK)\b", "do it or leave it",
        folders=CODE + ("scripts", "cmake", "docs", "resources"),
        suffixes=CPP + (".qml", ".py", ".mjs", ".js", ".cmake", ".txt", ".xml", ".rep", ".md", ".json"), in_literals=True),
)


def _excluded(path):
    return path.parts[:2] == ("tests", "lint")


def _bans(root):
    for ban in BANS:
        for path in source_tree.files(root, ban.folders, ban.suffixes):
            if _excluded(path):
                continue
            source = source_tree.text(root, path)
            if not ban.in_literals and path.suffix != ".py":
                source = source_tree.bare(source)
            for match in re.finditer(ban.pattern, source):
                yield f"{path}:{source_tree.line_of(source, match.start())}: {ban.name}: {ban.reason}"


def _javascript(root):
    for path in source_tree.files(root, PRODUCT, (".js", ".mjs", ".cjs", ".ts.js")):
        yield f"{path}: JavaScript in the product: the view model decides"


FLOATING = r"(?:double|float|qreal)"
# Where a name is given to a floating point number, or to something made of them. The name is the one group.
MONEY_NAMES = tuple(re.compile(pattern) for pattern in (
    rf"\b{FLOATING}\s*[&*\s]\s*(\w+)",
    rf"<[^<>;{{}}()]*\b{FLOATING}\b[^<>;{{}}()]*>\s*[&*]?\s*(\w+)",
    rf"\busing\s+(\w+)\s*=\s*{FLOATING}\b",
    rf"\btypedef\s+{FLOATING}\s+(\w+)",
    r"\bproperty\s+(?:real|double|var)\s+(\w+)",
    rf"\bQ_PROPERTY\s*\(\s*{FLOATING}\s+(\w+)"))
# Where an amount becomes one: what is cast, what initialises one, what is divided by one.
MONEY_USES = tuple(re.compile(pattern) for pattern in (
    rf"\b(?:static_cast<{FLOATING}>|{FLOATING}(?=\())\s*\(([^()]*)\)",
    rf"\b{FLOATING}\s+\w+\s*=([^;]*)",
    r"(\w+)\s*[*/]\s*\d+\.\d*"))


def _money(root):
    for path in source_tree.files(root, CODE, CPP + (".qml",)):
        if _excluded(path):
            continue
        source = source_tree.bare(source_tree.text(root, path))
        for match in (match for pattern in MONEY_NAMES for match in pattern.finditer(source)):
            if MONEY_WORDS & set(source_tree.words(match.group(1))):
                yield (f"{path}:{source_tree.line_of(source, match.start())}: money as a floating point number "
                       f"({match.group(1)})")
        for match in (match for pattern in MONEY_USES for match in pattern.finditer(source)):
            if MONEY_WORDS & set(source_tree.words(match.group(1))):
                yield f"{path}:{source_tree.line_of(source, match.start())}: money made a floating point number"


def _imprecise_timers(root):
    """A file, with its header or source, that owns a QTimer says PreciseTimer."""
    owner = re.compile(r"\bQTimer\s*\*?\s+\*?\w+|\b(?:unique_ptr|make_unique)<QTimer>|\bnew\s+QTimer\b|\bQChronoTimer\b")
    sources = source_tree.files(root, ("src", "platform", "qml"), CPP)
    for path in sources:
        source = source_tree.bare(source_tree.text(root, path))
        match = owner.search(source)
        if not match:
            continue
        pair = [other for other in sources if other.with_suffix("") == path.with_suffix("")]
        if not any("Qt::PreciseTimer" in source_tree.bare(source_tree.text(root, other)) for other in pair):
            yield f"{path}:{source_tree.line_of(source, match.start())}: a QTimer without Qt::PreciseTimer"


def _secret(name):
    parts = set(source_tree.words(name))
    return SECRET_WORDS & parts and not ABOUT_A_SECRET & parts


def _secrets(root):
    patterns = (re.compile(r"\bQ_PROPERTY\s*\(\s*(?:QString|QByteArray|QVariant|std::string)\s+(\w+)"),
                re.compile(r"\b(?:QString|QStringList)\s*[&*]?\s*(\w+)\b(?!\s*\()"),
                re.compile(r"\bproperty\s+(?:string|var)\s+(\w+)"),
                re.compile(r"\bPROP\s*\(\s*(?:QString|QByteArray)\s+(\w+)"))
    for path in source_tree.files(root, ("src", "platform", "qml"), CPP + (".qml", ".rep")):
        source = source_tree.bare(source_tree.text(root, path))
        for pattern in patterns:
            for match in pattern.finditer(source):
                if _secret(match.group(1)):
                    yield (f"{path}:{source_tree.line_of(source, match.start())}: a secret as a string or property "
                           f"({match.group(1)}): use crypto/secret.h")


def _skips(root):
    """A skip says why, on its line or, where that was too long, on the next."""
    skips = re.compile(r"\bQSKIP\s*\(|\bskip\s*\(|@unittest\.skip\w*|\bskipTest\s*\(")
    for path in source_tree.files(root, ("tests",), CPP + (".py", ".qml", ".mjs")):
        if _excluded(path):
            continue
        source = source_tree.text(root, path)
        for skip in skips.finditer(source):
            reason = re.match(r"""(?:[ \t]*\n)?[^\n]*?["'`][^"'`]{10,}["'`]""", source[skip.end():])
            if not reason:
                yield f"{path}:{source_tree.line_of(source, skip.start())}: a skip without a reason on its line"


def check(root):
    found = []
    for rule in (_bans, _javascript, _money, _imprecise_timers, _secrets, _skips):
        found += rule(root)
    return found
