// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "payment/kind.h"
#include "payment/purchase.h"

#include <QLocale>
#include <QTranslator>
#include <memory>

namespace glovebox::payment
{

/// Texts of one locale: translations (resources of the program, :/i18n/core_<language>.qm) and Qt's locale
/// data for money, numbers and times. QtCore only.
class TextCatalogue
{
public:
    /// An unknown locale falls back to English, and locale() says so. `kinds`: those whose files bring
    /// strings of their own; not kept.
    explicit TextCatalogue(const QString &locale, const KindCatalogue *kinds = nullptr);
    [[nodiscard]] const QLocale &locale() const { return m_locale; }
    [[nodiscard]] QString translate(const char *context, const char *source) const;
    /// "€80.00", in this locale's form, isolates and plain spaces resolved to what is drawn.
    [[nodiscard]] QString money(const base::Money &money) const;
    [[nodiscard]] QString timeOfDay(base::WallTime at) const; // local time of the car

private:
    QLocale m_locale;
    std::unique_ptr<QTranslator> m_translator;
    std::map<std::string, QString> m_kindTexts; // brought by files
};

/// The languages, beside English, that the programs are built with ("de").
[[nodiscard]] std::vector<std::string> builtInLanguages();

/// The first text of a kind that a driver with one of the built-in languages would have to read in English:
/// "dog_wash.json: /strings/de/Dog wash is missing".
[[nodiscard]] std::optional<std::string> missingKindText(const KindCatalogue &kinds);

/// Item ids of a card: "title", "merchant", "amount", "amount_note" ("at most", and while offline that it is
/// saved in the car and paid or sent later; absent for an exact amount online), "primary", "secondary" and,
/// parked only, "paid_with_label", "paid_with", "stop_label", "stop". All of them are signed.
[[nodiscard]] ShownTexts cardTexts(const TextCatalogue &texts, const Kind &kind,
                                   const MerchantEntry &merchant, const Proposal &proposal,
                                   const Instrument &instrument, DrivingState driving, bool offline,
                                   Surface surface);

/// A result screen, as the state and the facts allow it: HONEST and UNDO of the driver-safety rules.
/// `sendsNow`: nothing that is known keeps an approval from the gateway now; the hint "online" alone is not
/// enough.
struct ResultTexts
{
    std::string tone; // "saved", "reserved", "paid", "stopped", "problem", "waiting": picks icon and colour
    /// "headline", "detail", "amount" (absent where the headline says it), "merchant", "undo" (label of the
    /// button; absent where it cannot be stopped, and then `detail` says so while money may still move),
    /// "done". Unless parked, without the merchant, whom the card named, and with a detail only where it says
    /// what the headline does not: TEXT and GLANCE.
    std::vector<ShownText> items;
};
[[nodiscard]] ResultTexts resultTexts(const TextCatalogue &texts, const Kind &kind, const Purchase &purchase,
                                      DrivingState driving, bool sendsNow, bool undoPossible);

} // namespace glovebox::payment
