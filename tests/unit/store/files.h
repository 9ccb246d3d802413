// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFile>
#include <QMap>

namespace glovebox::testing
{

/// Every file of a folder with its bytes and mode: what "untouched" means.
inline QMap<QString, QByteArray> contentOf(const QString &folder)
{
    QMap<QString, QByteArray> content;
    const auto entries = QDir(folder).entryInfoList(QDir::Files | QDir::System | QDir::Hidden);
    for (const QFileInfo &entry : entries) {
        QFile file(entry.filePath());
        const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
        content[entry.fileName()] = bytes + QByteArray::number(entry.permissions().toInt(), 16);
    }
    return content;
}

inline void patch(const QString &path, qint64 offset, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || !file.seek(offset) || file.write(bytes) != bytes.size()) {
        qFatal("cannot patch %s", qPrintable(path));
    }
}

} // namespace glovebox::testing
