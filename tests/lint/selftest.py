# SPDX-License-Identifier: Apache-2.0
"""Plants one violation at a time in a clean tree of its own and sees that its rule finds it."""
import shutil
import tempfile
import unittest
from pathlib import Path

import formatting
import layout
import links
import patterns
import sizes

SPDX_CPP = "// SPDX-License-Identifier: Apache-2.0\n"
README = """
| folder | holds | may include | libraries |
| --- | --- | --- | --- |
| `src/base` | | | nlohmann-json |
| `src/payment` | | | |
| `src/crypto` | | | OpenSSL |
| `src/store` | | | SQLite |
| `src/journal` | | `payment`, `crypto`, `store` | |
| `src/gateway` | | `payment` | cpp-httplib, OpenSSL, libpq |
| `src/cockpit` | | `qml` | QtGui, QtQml, QtQuick |
| `platform/simulator` | | `payment` | QtGui |
| `qml/Glovebox/Theme` | | | QtGui |
| `qml/Glovebox/Cards` | | `Theme` | QtQuick |
"""
CLEAN = {
    "README.md": README,
    "CMakeLists.txt": "# SPDX-License-Identifier: Apache-2.0\n",
    ".clang-format": "BasedOnStyle: LLVM\n",
    "src/payment/proposal.h": SPDX_CPP + "#pragma once\n\n#include \"base/money.h\"\n\n#include <QString>\n",
    "src/journal/journal.cpp": SPDX_CPP + "#include \"payment/proposal.h\"\n// setContextProperty is banned\n",
    "src/journal/CMakeLists.txt": "# SPDX-License-Identifier: Apache-2.0\nglovebox_library(journal SOURCES a LINKS payment base)\n",
    "src/crypto/hash.cpp": SPDX_CPP + "#include <openssl/evp.h>\n",
    "src/gateway/main.cpp": SPDX_CPP + "#include <httplib.h>\n#include <openssl/ssl.h>\n",
    "qml/Glovebox/Cards/Card.qml": SPDX_CPP + "import QtQuick\nimport Glovebox.Theme\nItem {\n}\n",
    "tests/unit/a_test.cpp": SPDX_CPP + "void f() { QSKIP(\"needs two users: run as root\"); }\n",
    "tests/agents/a.mjs": "// SPDX-License-Identifier: Apache-2.0\nskip(\n  'a reason that was too long for one line');\n",
}
LONG_FUNCTION = SPDX_CPP + "namespace a\n{\nvoid f()\n{\n" + "    g();\n" * 70 + "}\n}\n"

# rule, path, content, what the finding says
PLANTED = [
    (links, "src/payment/a.cpp", '#include "crypto/keys.h"', "may not include crypto/keys.h"),
    (links, "src/base/a.h", '#include "payment/proposal.h"', "may not include payment/proposal.h"),
    (links, "src/gateway/a.cpp", '#include "platform/simulator/panel.h"', "may not include platform/simulator"),
    (links, "src/journal/a.cpp", '#  include <sqlite3.h>', "may not include SQLite"),
    (links, "src/journal/a.cpp", '#include <openssl/evp.h>', "may not include OpenSSL"),
    (links, "src/journal/a.cpp", '#include <tss2/tss2_esys.h>', "may not include OpenSSL"),
    (links, "src/crypto/a.cpp", '#include <libpq-fe.h>', "may not include libpq"),
    (links, "src/crypto/a.cpp", '#include <httplib.h>', "may not include cpp-httplib"),
    (links, "src/journal/a.cpp", '#include <QGuiApplication>', "may not include QtGui"),
    (links, "src/journal/a.cpp", '#include <QtQuick/QQuickItem>', "may not include QtQuick"),
    (links, "src/journal/a.cpp", '#include <QQmlEngine>', "may not include QtQml"),
    (links, "src/journal/a.cpp", '#include <QSqlDatabase>', "may not include"),
    (links, "src/journal/a.cpp", '#include "tests/support/fake_clock.h"', "the product includes tests/"),
    (links, "src/payment/a.cpp", '#include <QFile>', "pure"),
    (links, "src/payment/a.cpp", '#include <unistd.h>', "pure"),
    (links, "src/payment/a.cpp", 'auto t = std::chrono::system_clock::now();', "no clock of its own"),
    (links, "src/payment/a.cpp", 'auto t = QDateTime::currentDateTimeUtc();', "no clock of its own"),
    (links, "src/unlisted/a.cpp", '', "no row in the link table"),
    (links, "src/journal/CMakeLists.txt", "glovebox_library(journal\n SOURCES a\n LINKS payment gateway\n LIBRARIES x)",
     "may not link gateway"),
    (links, "src/journal/CMakeLists.txt", "target_link_libraries(x PRIVATE glovebox_simulator)", "simulator is linked"),
    (links, "src/cockpit/CMakeLists.txt", "glovebox_program(cockpit SOURCES a LINKS simulator)", "may not link simulator"),
    (links, "qml/Glovebox/Theme/A.qml", "import Glovebox.Cards", "may not import Cards"),
    (links, "qml/Glovebox/Theme/a.cpp", '#include "qml/Glovebox/Cards/card.h"', "may not include qml/Glovebox/Cards"),
    (links, "README.md", "no table", "no link table"),
    (sizes, "src/journal/long.cpp", "int a;\n" * 400, "402 lines, at most 400"),
    (sizes, "qml/Glovebox/Cards/A.qml", "\n" * 260, "at most 250"),
    (sizes, "qml/Glovebox/Cards/Main.qml", "\n" * 160, "at most 150"),
    (sizes, "src/journal/a.cpp", LONG_FUNCTION, "a function of 73 lines"),
    (sizes, "src/journal/a.h", LONG_FUNCTION.replace("namespace a", "class A : public B"), "a function of 73 lines"),
    (sizes, "src/journal/a.cpp", LONG_FUNCTION.replace("void f()", "A::A() : m_b{1}, m_c(2)"), "a function of 73 lines"),
    (sizes, "src/journal/a.cpp", LONG_FUNCTION.replace("namespace a", "Q_LOGGING_CATEGORY(a, \"b\")\nnamespace a"),
     "a function of 73 lines"),
    (sizes, "qml/Glovebox/Cards/B.qml", "Item {\n function f(a) {\n" + "  a;\n" * 80 + " }\n}\n", "a function of 82 lines"),
    (sizes, "tests/e2e/a.py", "def f():\n" + "    pass\n" * 80, "a function of 81 lines"),
    (sizes, "src/journal/bare.cpp", None, "no SPDX line"),
    (sizes, "scripts/thing", None, "no SPDX line"),
    (patterns, "src/cockpit/a.cpp", 'context->setContextProperty("a", b);', "setContextProperty"),
    (patterns, "qml/Glovebox/Cards/logic.js", "", "JavaScript in the product"),
    (patterns, "src/payment/a.h", "double amount_minor = 0;", "floating point number (amount_minor)"),
    (patterns, "src/payment/a.h", "std::optional<double> unitPrice;", "floating point number (unitPrice)"),
    (patterns, "src/payment/a.h", "const float &capturedTotal() const;", "floating point number (capturedTotal)"),
    (patterns, "src/payment/a.cpp", "auto x = static_cast<double>(proposal.amount_minor) / 100;", "money made"),
    (patterns, "src/payment/a.h", "std::vector<double> prices;", "floating point number (prices)"),
    (patterns, "src/payment/a.h", "std::map<int, double> &feesOf();\ndouble fee();", "floating point number (fee)"),
    (patterns, "src/payment/a.h", "double paid = 0;", "floating point number (paid)"),
    (patterns, "src/payment/a.h", "using Money = double;", "floating point number (Money)"),
    (patterns, "src/payment/a.h", "typedef float Price;", "floating point number (Price)"),
    (patterns, "src/payment/a.cpp", "const double value = minor / 100.0;", "money made"),
    (patterns, "src/payment/a.cpp", "auto value = amount_minor / 100.0;", "money made"),
    (patterns, "src/cockpit/a.h", "Q_PROPERTY(double amount READ amount)", "floating point number (amount)"),
    (patterns, "qml/Glovebox/Cards/A.qml", "Item { property var amount }", "floating point number (amount)"),
    (patterns, "qml/Glovebox/Cards/A.qml", "Item { property real price: 1 }", "floating point number (price)"),
    (patterns, "src/settlement/a.cpp", "timer.setTimerType(Qt::CoarseTimer);", "coarse timer"),
    (patterns, "src/settlement/a.cpp", "QTimer::singleShot(100, this, [] {});", "coarse singleShot"),
    (patterns, "src/settlement/a.cpp", "startTimer(100);", "coarse startTimer"),
    (patterns, "src/settlement/a.h", "class A { QTimer m_timer; };", "a QTimer without"),
    (patterns, "src/settlement/a.cpp", "auto *t = new QTimer(this);", "a QTimer without"),
    (patterns, "src/wire/a.cpp", "QJsonDocument::fromJson(body);", "lenient JSON"),
    (patterns, "src/cockpit/a.h", "Q_PROPERTY(QString pin READ pin)", "a secret as a string or property (pin)"),
    (patterns, "src/daemon/a.h", "void openSession(const QString &agentToken);", "a secret as a string or property"),
    (patterns, "qml/Glovebox/Cards/A.qml", "Item { property string pinEntered }", "a secret as a string or property"),
    (patterns, "src/ipc/A.rep", "PROP(QString pin)", "a secret as a string or property"),
    (patterns, "tests/unit/b_test.cpp", "QTest::qWait(100);", "sleep"),
    (patterns, "tests/unit/b_test.cpp", "QTest::qSleep(100);", "sleep"),
    (patterns, "tests/unit/b_test.cpp", "std::this_thread::sleep_for(1s);", "sleep"),
    (patterns, "tests/e2e/b.py", "time.sleep(1)", "sleep"),
    (patterns, "tests/unit/b_test.cpp", "QTEST_MAIN(B)", "plain test main"),
    (patterns, "tests/unit/b_test.cpp", 'QSKIP("");', "a skip without a reason"),
    (patterns, "tests/unit/b_test.cpp", "QSKIP(reason);", "a skip without a reason"),
    (patterns, "qml/Glovebox/Cards/A.qml", "// qmllint disable unqualified", "qmllint silenced"),
    (patterns, "src/journal/a.cpp", "f(); // NOLINT", "NOLINT without a check"),
    (patterns, "src/journal/a.cpp", "// TO" + "DO: later", "left over"),
    (patterns, "docs/a.md", "FIX" + "ME", "left over"),
    (layout, "notes.txt", "", "notes.txt: not a top-level entry"),
    (layout, "lib/a.cpp", "", "lib: not a top-level entry"),
    (formatting, "src/journal/a.cpp", "int  a ;\n", "src/journal/a.cpp:2"),
]

# What the rules must leave alone.
HARMLESS = {
    "src/settlement/timers.cpp": "QTimer::singleShot(0, this, f);\nstartTimer(5, Qt::PreciseTimer);\n"
                                 "QTimer::singleShot(90ms, Qt::PreciseTimer, this, f);\n",
    "src/settlement/owner.h": "QTimer *m_timer;\n",
    "src/settlement/owner.cpp": "m_timer->setTimerType(Qt::PreciseTimer);\n",
    "qml/Glovebox/Cards/size.h": "double capHeight_mm = 0;\nQString tokenFile;\nQString pinTitle() const;\n",
    "tests/unit/wait_test.cpp": "QTest::qWaitFor(f);\nQTRY_VERIFY(f());\n",
    "src/journal/literals.cpp": "auto a = \"QTimer t; sleep(1)\"; int n = 1'000; char c = '\"'; // sleep(1)\n"
                                "auto r = R\"(double price)\";\n",
    "src/journal/lint.cpp": "f(); // NOLINT(bugprone-x): a reason\n",
}


class PlantedViolations(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="glovebox-lint-"))
        self.addCleanup(shutil.rmtree, self.root)
        for path, content in CLEAN.items():
            self.write(path, content)

    def write(self, path, content):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")

    def plant(self, path, content):
        if content is None:
            content = "x\n"
        elif path.endswith((".cpp", ".h", ".qml", ".rep")) and "SPDX" not in content:
            content = SPDX_CPP + content + "\n"
        elif path.endswith("CMakeLists.txt"):
            content = "# SPDX-License-Identifier: Apache-2.0\n" + content
        elif path.endswith(".py"):
            content = "# SPDX-License-Identifier: Apache-2.0\n" + content + "\n"
        self.write(path, content)

    def test_a_clean_tree_passes(self):
        for rule in (links, sizes, patterns, layout, formatting):
            with self.subTest(rule.__name__):
                self.assertEqual(rule.check(self.root), [])

    def test_harmless_code_passes(self):
        for path, content in HARMLESS.items():
            self.plant(path, content)
        self.assertEqual(patterns.check(self.root), [])

    def test_a_function_at_the_limit_passes(self):
        self.plant("src/journal/a.cpp", LONG_FUNCTION.replace("    g();\n", "", 3))
        self.assertEqual(sizes.check(self.root), [])

    def test_generated_folders_are_left_alone(self):
        self.write("build/dev/a.cpp", "int  a ;")
        self.write("tests/agents/node_modules/a.py", "time.sleep(1)")
        self.assertEqual(layout.check(self.root) + patterns.check(self.root) + sizes.check(self.root), [])

    def test_every_planted_violation_is_found(self):
        for rule, path, content, says in PLANTED:
            with self.subTest(rule=rule.__name__, path=path, content=(content or "")[:60]):
                before = (self.root / path).read_text(encoding="utf-8") if (self.root / path).exists() else None
                self.plant(path, content)
                found = rule.check(self.root)
                self.assertTrue(any(says in violation for violation in found), f"{says!r} not in {found}")
                (self.root / path).unlink()
                if before is not None:
                    self.write(path, before)
                self.prune(self.root / path)

    def prune(self, path):
        folder = path.parent
        while folder != self.root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


if __name__ == "__main__":
    unittest.main()
