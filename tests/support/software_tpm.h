// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace glovebox::testing
{

/// A TPM 2.0 of the test's own: swtpm with its state in a folder of its own, behind a socket that serves any
/// number of clients, as a kernel's /dev/tpmrm0 does (swtpm itself serves one). It dies with the object, and
/// with the test when that is killed.
class SoftwareTpm
{
public:
    SoftwareTpm();
    ~SoftwareTpm();
    Q_DISABLE_COPY_MOVE(SoftwareTpm)

    /// Switches it on; after die() with the same state, as after a power cut. False: errorString() says why.
    [[nodiscard]] bool start();
    /// From one moment to the next; clients see the connection end.
    void die();

    /// "swtpm:path=…": the same before and after a restart.
    [[nodiscard]] std::string tcti() const;
    /// Runs a program of tpm2-tools against it, in a folder of its own. False: errorString() says why.
    [[nodiscard]] bool tool(const QString &program, const QStringList &arguments);
    /// Makes a P-256 signing key and keeps it at this handle ("0x81000010").
    [[nodiscard]] bool makeKey(const QString &handle);
    /// A path in the folder that tool() runs in.
    [[nodiscard]] QString pathOf(const QString &name) const;
    [[nodiscard]] QString errorString() const { return m_error; }

private:
    class Switch;
    [[nodiscard]] bool run(const QString &program, const QStringList &arguments);

    QTemporaryDir m_folder;
    QProcess m_chip;
    std::unique_ptr<Switch> m_switch;
    QString m_error;
};

} // namespace glovebox::testing
