// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/driver_desk.h"
#include "daemon/presentation.h"

namespace glovebox::daemon
{

/// The driver's side: which card, PIN pad or result is up, and what a press on it does. One card at a time; a
/// new card never replaces a result that can be undone.
class CardDesk final : public DriverDesk
{
public:
    static constexpr base::Duration kCardStays = std::chrono::seconds(30);
    static constexpr base::Duration kCardStays_min = std::chrono::seconds(8); // DWELL
    static constexpr base::Duration kResultStays = std::chrono::seconds(10);
    static constexpr base::Duration kRetryAfter = std::chrono::seconds(5); // the disk had no room

    CardDesk(World &world, const crypto::SigningKey &key, QString deskNotice);

    /// Looks at every proposal that waits, and shows what may be shown now. Called whenever the world
    /// changed.
    void refresh();
    /// A purchase changed on disk.
    void changed(const payment::Purchase &purchase);
    /// An approval was queued or its cancellation requested.
    std::function<void()> onSettlementWork;

    // DriverDesk
    void attach(Listener listener) override;
    void detach() override;
    void shown(const std::string &nonce) override;
    void alive(const std::string &nonce) override;
    void approve(const std::string &nonce, const std::vector<payment::ShownText> &items,
                 payment::ConsentMethod method) override;
    void decline(const std::string &nonce) override;
    void interrupted(const std::string &nonce) override;
    void enterPin(std::span<std::uint8_t> pin) override;
    void openPin() override;
    void closePin() override;
    void undo(const std::string &purchaseId) override;
    void dismiss(const std::string &purchaseId) override;
    void resume(const std::string &purchaseId) override;

private:
    void presentNext();
    void present(const payment::PurchaseId &id, payment::Event how);
    [[nodiscard]] payment::ShownTexts compose(const payment::Purchase &purchase) const;
    [[nodiscard]] bool mayBeAsked(const payment::Purchase &purchase) const;
    /// Later its card would leave by itself before it could be read.
    [[nodiscard]] static base::BootTime lastPresentation(const payment::Purchase &purchase);
    [[nodiscard]] bool isTooLateToPresent(const payment::Purchase &purchase) const;
    /// The card goes without an answer and may come back with a new nonce.
    void takeAway();
    void interrupt(const payment::PurchaseId &id);
    void retryLater();
    void end(const payment::PurchaseId &id, payment::Event event, const char *reason);
    void finishApproval(const payment::Purchase *purchase, const std::string &nonce);
    void showResult(const payment::Purchase &purchase, bool answered);
    void expireOld();
    void setAlarms();
    void tick();
    void refuse(const std::string &nonce, const char *reason);
    [[nodiscard]] bool resultBlocks() const;
    [[nodiscard]] ViewState view() const;
    void fillCard(ViewState &view) const;
    void fillResult(ViewState &view) const;
    [[nodiscard]] QString notice() const;
    [[nodiscard]] int waiting() const;
    void push();

    World &m_world;
    const crypto::SigningKey &m_key;
    QString m_deskNotice;
    Listener m_listener;
    std::optional<Presentation> m_card;
    base::BootTime m_cardEnds;
    base::BootTime m_retryAt;
    bool m_presenting = false; // a turn that presents is on its way
    std::optional<payment::Purchase> m_result;
    base::BootTime m_resultEnds;
    bool m_pinOpen = false;
    bool m_pinWanted = true; // until the driver closed the pad; a new proposal asks again
    bool m_cockpitFrozen = false;
    bool m_approvalFoundNoRoom = false; // until the next card: the driver pressed, and must be told
    std::optional<ViewState> m_pushed;
    std::unique_ptr<ports::Alarm> m_alarm;
};

} // namespace glovebox::daemon
