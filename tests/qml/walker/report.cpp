// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/walker/report.h"

#include <cmath>

namespace glovebox::walker
{

namespace
{

QByteArray rounded(double value, int decimals)
{
    return QByteArray::number(value, 'f', decimals);
}

/// Down where the rule asks for at least, so that no report is better than what was measured.
QByteArray floored(double value)
{
    return rounded(std::floor(value * 10 + 1e-6) / 10, 1);
}

QByteArray ceiled(double value)
{
    return rounded(std::ceil(value * 100 - 1e-6) / 100, 2);
}

void addRules(QByteArray &out, const QMap<QString, Record> &records)
{
    out += "| rule | what is measured | where | violations |\n| --- | --- | --- | --- |\n";
    for (const Rule &rule : rules()) {
        int broken = 0;
        for (const Record &record : records) {
            for (const Violation &violation : record.violations())
                broken += violation.rule == rule.id ? 1 : 0;
        }
        const QString where =
            rule.test.isEmpty() ? QStringLiteral("the walk") : QStringLiteral("`%1`").arg(rule.test);
        out += "| " + rule.id + " | " + rule.what.toUtf8() + " | " + where.toUtf8() + " | " +
               (rule.test.isEmpty() ? QByteArray::number(broken) : QByteArray("none, or that test fails")) +
               " |\n";
    }
}

void addExtremes(QByteArray &out, const QMap<QString, Record> &records, const QStringList &displays)
{
    out += "| display | target, mm | gap, mm | sum and button, ' | other text, ' | lines | share of text | "
           "contrast | night | "
           "day | sun |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const QString &display : displays) {
        const Record record = records.value(display);
        out += "| " + display.toUtf8();
        for (const char *least : {"touch target, mm", "gap between targets, mm", "sum or button, arc minutes",
                                  "other text, arc minutes"})
            out += " | " + floored(record.least(QLatin1String(least)));
        out += " | " + rounded(record.greatest(QStringLiteral("lines of a text")), 0);
        out += " | " + ceiled(record.greatest(QStringLiteral("share of what may be read while driving")));
        for (const char *least : {"contrast of a text", "contrast, night", "contrast, day", "contrast, sun"})
            out += " | " + floored(record.least(QLatin1String(least)));
        out += " |\n";
    }
}

void addFlows(QByteArray &out, const QList<FlowEstimate> &flows)
{
    out += "| flow | eyes on, s | goal 7.5 s | presses | steps |\n| --- | --- | --- | --- | --- |\n";
    for (const FlowEstimate &flow : flows) {
        const char *goal = !flow.whileDriving                     ? "parked"
                           : flow.estimate.eyesOn_s <= flowGoal_s ? "met"
                                                                  : "missed";
        out += "| " + flow.name.toUtf8() + " | " + rounded(flow.estimate.eyesOn_s, 1) + " | " + goal + " | " +
               QByteArray::number(flow.estimate.presses) + " | " + QByteArray::number(flow.estimate.steps) +
               " |\n";
    }
}

} // namespace

QList<Rule> rules()
{
    const QString cards = QStringLiteral("tests/unit/daemon/cards_test.cpp::");
    return {
        {"GLANCE",
         QStringLiteral(
             "search 0.54, read 0.53 a text, reach 0.75, press 0.64 s, along each flow: 12 s at most")},
        {"STEPS", QStringLiteral("2 steps and 6 presses at most in a flow that is possible while driving")},
        {"TARGET", QStringLiteral("size, gap and place of everything that can be pressed")},
        {"TEXT", QStringLiteral(
                     "characters of a screen while driving, lines, cut, overflowing and overlapping texts")},
        {"SIZE", QStringLiteral("height of a letter as it is drawn, in arc minutes")},
        {"CONTRAST",
         QStringLiteral(
             "pixels of each text, as drawn and as seen by night, by day and in the sun; red and blue")},
        {"STILL", QStringLiteral("running animations and timers; two pictures without an input")},
        {"FEEDBACK",
         QStringLiteral("the first frame after a press shows it, without an answer of the daemon")},
        {"DWELL", QStringLiteral("a card stays for 8 s or does not come"),
         cards + QStringLiteral("aCardStaysEightSecondsOrDoesNotCome")},
        {"NOSETUP",
         QStringLiteral("key pad, keyboard, long list or more than 3 things to press while driving")},
        {"EYESFREE",
         QStringLiteral("one key reaches every target, both ways, and the focus never starts on the yes")},
        {"INTERRUPT", QStringLiteral("a card that left without an answer comes back"),
         cards + QStringLiteral("anInterruptedCardComesBackWhenTheCockpitDraws")},
        {"HONEST",
         QStringLiteral("approved, reserved, paid and not paid are told apart; what is signed can be read")},
        {"UNDO",
         QStringLiteral("an undo is there where there is one, says until when, and its absence is said")},
        {"SYMBOL", QStringLiteral("no red: no screen tells of a danger")},
    };
}

QByteArray Report::text() const
{
    QByteArray out =
        "<!-- SPDX-License-Identifier: Apache-2.0 -->\n# Driver safety, as measured\n\n"
        "Written by `driver_safety_test`, which fails where this page is not what it measures. It walks the "
        "real screens\n"
        "with the texts that the daemon composes, and measures items and pixels against "
        "`resources/profiles/strictest.json`.\n"
        "Designed against these rules, not compliant with them: no participant study was made.\n\n";
    const int all = screens * static_cast<int>(locales.size() * displays.size() * styles.size()) * 2;
    out += QByteArray::number(screens) + " screens, " + QByteArray::number(locales.size()) + " locales (" +
           locales.join(QStringLiteral(", ")).toUtf8() + "), " + QByteArray::number(displays.size()) +
           " displays, styles " + styles.join(QStringLiteral(" and ")).toUtf8() +
           ", night and day: " + QByteArray::number(walked) +
           " combinations, in which every pair occurs. `./scripts/test --long`\n"
           "walks all " +
           QByteArray::number(all) + ". `en-XA` is English, 1.4 times as long.\n\n## Rules\n\n";
    addRules(out, m_records);
    out += "\nEvery rule has violations planted on a screen, which the walk has to find.\n\n## The least and "
           "the most that was found\n\n";
    addExtremes(out, m_records, displays);
    out += "\nThe share of text counts 120 Latin or 31 Japanese, Chinese or Korean characters as 1. The "
           "light is a model, stated in the profile:\n"
           "white of the display and what it reflects, in cd/m², for night, day and sun.\n\n## Flows\n\n";
    addFlows(out, flows);
    return out;
}

} // namespace glovebox::walker
