// SPDX-License-Identifier: Apache-2.0
#include "cockpit/text_of.h"

#include <algorithm>

namespace glovebox::cockpit
{

QString textOf(const QList<ShownItem> &items, const QString &id)
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&id](const ShownItem &item) { return item.id() == id; });
    return found != items.end() ? found->text() : QString();
}

} // namespace glovebox::cockpit
