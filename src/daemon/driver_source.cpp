// SPDX-License-Identifier: Apache-2.0
#include "daemon/driver_source.h"

namespace glovebox::daemon
{

namespace
{

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QList<ShownItem> toPods(const std::vector<payment::ShownText> &texts)
{
    QList<ShownItem> items;
    items.reserve(static_cast<qsizetype>(texts.size()));
    for (const payment::ShownText &text : texts) {
        items.append(ShownItem(toQt(text.id), toQt(text.text)));
    }
    return items;
}

CockpitView toPod(const ViewState &state, qint64 revision)
{
    CockpitView view;
    view.setRevision(revision);
    view.setScreen(toQt(state.screen));
    view.setDriving(toQt(payment::nameOf(state.driving)));
    view.setSessionOpen(state.sessionOpen);
    view.setOnline(state.online);
    view.setPaused(state.paused);
    view.setWaiting(state.waiting);
    view.setLocale(toQt(state.locale));
    view.setNotice(toQt(state.notice));
    view.setDeskNotice(toQt(state.deskNotice));
    const ViewState::Card &card = state.card;
    view.setCard(CardView(toQt(card.nonce), toQt(card.purchaseId), toQt(card.purpose),
                          toQt(card.texts.templateId), toQt(card.texts.locale), toQt(card.layout),
                          toQt(card.icon), toPods(card.texts.items)));
    const ViewState::Result &result = state.result;
    view.setResult(ResultView(toQt(result.purchaseId), toQt(result.tone), result.undoPossible,
                              result.resumable, toPods(result.items)));
    view.setPin(PinView(state.pin.open, state.pin.triesLeft, state.pin.lockedFor_s));
    return view;
}

/// Nothing where it cannot be an id of ours.
std::optional<std::string> idOf(const QString &text)
{
    if (text.isEmpty() || text.size() > DriverSourceObject::kId_max) {
        return std::nullopt;
    }
    return text.toStdString();
}

std::optional<std::vector<payment::ShownText>> textsOf(const QList<ShownItem> &items)
{
    if (items.size() > DriverSourceObject::kItems_max) {
        return std::nullopt;
    }
    std::vector<payment::ShownText> texts;
    texts.reserve(static_cast<std::size_t>(items.size()));
    for (const ShownItem &item : items) {
        if (item.id().size() > DriverSourceObject::kId_max ||
            item.text().size() > DriverSourceObject::kText_max) {
            return std::nullopt;
        }
        texts.push_back({item.id().toStdString(), item.text().toStdString()});
    }
    return texts;
}

} // namespace

DriverSourceObject::DriverSourceObject(DriverDesk &desk) : m_desk(desk) {}

DriverSourceObject::~DriverSourceObject() = default;

void DriverSourceObject::attach()
{
    m_desk.attach({[this](const ViewState &state) { show(state); },
                   [this](const std::string &nonce, const std::string &reason) {
                       Q_EMIT refused(toQt(nonce), toQt(reason));
                   },
                   [this](const std::string &outcome) { Q_EMIT pinAnswered(toQt(outcome)); }});
}

void DriverSourceObject::detach()
{
    m_desk.detach();
}

void DriverSourceObject::show(const ViewState &state)
{
    setView(toPod(state, ++m_revision));
}

void DriverSourceObject::shown(const QString &nonce)
{
    if (const auto id = idOf(nonce)) {
        m_desk.shown(*id);
    }
}

void DriverSourceObject::alive(const QString &nonce)
{
    if (nonce.isEmpty()) {
        m_desk.alive({}); // there, without a card
    } else if (const auto id = idOf(nonce)) {
        m_desk.alive(*id);
    }
}

void DriverSourceObject::approve(const QString &nonce, const QList<ShownItem> &items, const QString &method)
{
    const auto id = idOf(nonce);
    if (!id) {
        return;
    }
    const auto texts = textsOf(items);
    const bool touch = method == QLatin1String("touch");
    if (!texts || (!touch && method != QLatin1String("key"))) {
        Q_EMIT refused(nonce, QStringLiteral("texts_differ"));
        return;
    }
    m_desk.approve(*id, *texts, touch ? payment::ConsentMethod::touch : payment::ConsentMethod::key);
}

void DriverSourceObject::decline(const QString &nonce)
{
    if (const auto id = idOf(nonce)) {
        m_desk.decline(*id);
    }
}

void DriverSourceObject::interrupted(const QString &nonce)
{
    if (const auto id = idOf(nonce)) {
        m_desk.interrupted(*id);
    }
}

void DriverSourceObject::enterPin(const QByteArray &pin)
{
    // The bytes themselves, which the socket's argument list shares, are wiped: a copy would leave them
    // behind.
    const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t *>(const_cast<char *>(pin.constData())),
                                        static_cast<std::size_t>(pin.size()));
    constexpr qsizetype kPin_bytes_max = 64;
    if (!pin.isEmpty() && pin.size() <= kPin_bytes_max) {
        m_desk.enterPin(bytes);
    }
    std::ranges::fill(bytes, std::uint8_t{0});
}

void DriverSourceObject::openPin()
{
    m_desk.openPin();
}

void DriverSourceObject::closePin()
{
    m_desk.closePin();
}

void DriverSourceObject::undo(const QString &purchaseId)
{
    if (const auto id = idOf(purchaseId)) {
        m_desk.undo(*id);
    }
}

void DriverSourceObject::dismiss(const QString &purchaseId)
{
    if (const auto id = idOf(purchaseId)) {
        m_desk.dismiss(*id);
    }
}

void DriverSourceObject::resume(const QString &purchaseId)
{
    if (const auto id = idOf(purchaseId)) {
        m_desk.resume(*id);
    }
}

} // namespace glovebox::daemon
