// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ipc/rep_Driver_merged.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace glovebox::cockpit
{

/// What became of a purchase, in the daemon's words.
class ResultModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Tone tone READ tone NOTIFY toneChanged)
    Q_PROPERTY(bool undoPossible READ undoPossible NOTIFY undoPossibleChanged)
    Q_PROPERTY(bool resumable READ resumable NOTIFY resumableChanged)
    Q_PROPERTY(int generation READ generation NOTIFY generationChanged)
    Q_PROPERTY(QString headline READ headline NOTIFY headlineChanged)
    Q_PROPERTY(QString detail READ detail NOTIFY detailChanged)
    Q_PROPERTY(QString amount READ amount NOTIFY amountChanged)
    Q_PROPERTY(QString merchant READ merchant NOTIFY merchantChanged)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoTextChanged)
    Q_PROPERTY(QString doneText READ doneText NOTIFY doneTextChanged)
public:
    /// A tone that this version does not know is a problem.
    enum Tone { Saved, Reserved, Paid, Stopped, Problem, Waiting };
    Q_ENUM(Tone)

    using QObject::QObject;

    [[nodiscard]] Tone tone() const;
    [[nodiscard]] bool undoPossible() const;
    [[nodiscard]] bool resumable() const { return m_view.resumable(); }
    [[nodiscard]] int generation() const { return m_generation; }
    [[nodiscard]] QString headline() const { return text("headline"); }
    [[nodiscard]] QString detail() const { return text("detail"); }
    [[nodiscard]] QString amount() const { return text("amount"); }
    [[nodiscard]] QString merchant() const { return text("merchant"); }
    [[nodiscard]] QString undoText() const { return text("undo"); }
    [[nodiscard]] QString doneText() const { return text("done"); }

    void setView(const ResultView &view);

    Q_INVOKABLE void undo();
    Q_INVOKABLE void done();
    Q_INVOKABLE void resume();

Q_SIGNALS:
    void toneChanged();
    void undoPossibleChanged();
    void resumableChanged();
    void generationChanged();
    void headlineChanged();
    void detailChanged();
    void amountChanged();
    void merchantChanged();
    void undoTextChanged();
    void doneTextChanged();
    void undoRequested(const QString &purchaseId);
    void dismissed(const QString &purchaseId);
    void resumeRequested(const QString &purchaseId);

private:
    [[nodiscard]] QString text(const char *id) const;
    [[nodiscard]] bool takeAnswer();

    ResultView m_view;
    int m_generation = 0;
    bool m_answered = false; // one press per view
};

} // namespace glovebox::cockpit
