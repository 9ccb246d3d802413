// SPDX-License-Identifier: Apache-2.0
#include "cli/proof_command.h"

#include "journal/proof.h"
#include "wire/messages.h"

#include <QDateTime>

#include <cstdio>

namespace glovebox::cli
{

namespace
{

using base::Json;

std::string dayOf(std::uint64_t time_s)
{
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(time_s), Qt::UTC)
        .toString(Qt::ISODate)
        .toStdString();
}

Json jsonOf(const journal::Proof &proof, const journal::ProofCheck &check)
{
    return {{"v", 1},
            {"ok", check.findings.empty()},
            {"origin", check.checkpoint.origin},
            {"sequence", proof.header.sequence},
            {"size", check.checkpoint.size},
            {"signed_by", check.signedBy},
            {"cosigned_s", check.cosigned_s ? Json(*check.cosigned_s) : Json()},
            {"opened", proof.opening.has_value()},
            {"findings", check.findings}};
}

std::string textOf(const journal::Proof &proof, const journal::ProofCheck &check, bool witnessAsked)
{
    std::string text = "Entry " + std::to_string(proof.header.sequence) + " of " + check.checkpoint.origin +
                       ", in its first " + std::to_string(check.checkpoint.size) + " entries\n";
    text += check.signedBy.empty() ? "" : "Signed by " + check.signedBy + "\n";
    text += check.cosigned_s ? "Cosigned " + dayOf(*check.cosigned_s) + "\n" : "";
    text += witnessAsked ? "" : "Not checked: cosignatures, since no witness was given\n";
    text += proof.opening ? "" : "Not in it: the payload, whose driver was erased\n";
    for (const std::string &finding : check.findings) {
        text += finding + "\n";
    }
    return text + (check.findings.empty() ? "The proof holds.\n" : "The proof does not hold.\n");
}

} // namespace

int proveApproval(const Sources &sources, const std::string &id, const QString &out)
{
    if (!sources.sealingKey) {
        return complain({kUsage, "A proof needs the sealing key: --sealing-key FILE or --config FILE."});
    }
    const auto found = journal::prove({.path = sources.file, .id = id}, *sources.sealingKey);
    if (!found) {
        return complain(failureOf(found.error(), sources.file));
    }
    switch (found->outcome) {
    case journal::ProofSearch::Outcome::unknown:
        return complain({kMissing, "The journal " + sources.file + " knows no approval under this id."});
    case journal::ProofSearch::Outcome::notCovered:
        return complain({kTryLater, "No checkpoint covers entry " + std::to_string(found->sequence) +
                                        " yet. Start the daemon and stop it: that signs for all before it."});
    case journal::ProofSearch::Outcome::found:
        break;
    }
    const QString path = out.isEmpty() ? QString::fromStdString(id) + QStringLiteral(".proof.json") : out;
    if (const int failed = writeNew(path, journal::toJson(*found->proof).dump(2) + "\n"); failed != 0) {
        return failed;
    }
    std::fputs((path.toStdString() + "\n").c_str(), stdout);
    return 0;
}

int checkProof(const Sources &sources, const QString &path, bool json)
{
    if (sources.keys.empty()) {
        return complain({kUsage, "Name the car's public key with --public-key JWK."});
    }
    const auto text = readJson(path);
    if (!text) {
        return complain(text.error());
    }
    const auto proof = journal::proofFromJson(*text);
    if (!proof) {
        return complain({kData, path.toStdString() + " is no proof (" + proof.error().pointer + ": " +
                                    proof.error().reason + ")."});
    }
    const crypto::CosignerKey *witness = sources.witness ? &*sources.witness : nullptr;
    const auto check = journal::checkProof(*proof, sources.keys, witness, wire::kApprovalType);
    std::fputs(
        (json ? jsonOf(*proof, check).dump(2) + "\n" : textOf(*proof, check, witness != nullptr)).c_str(),
        stdout);
    return check.findings.empty() ? 0 : kNo;
}

} // namespace glovebox::cli
