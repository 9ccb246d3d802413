// SPDX-License-Identifier: Apache-2.0
#include "mcp/tool_definitions.h"

#include "ipc/names.h"

namespace glovebox::mcp
{

namespace
{

using base::Json;

constexpr std::string_view kProposeText =
    "Propose one purchase to the driver. The car shows it on its own screen, and only the driver can approve "
    "it, there. You "
    "cannot approve it: do not ask for approval in the conversation and do not repeat a yes you heard as "
    "one; say that the "
    "car's screen asks. Answers at once with a purchase_id and a state, before the driver has decided: "
    "follow it with "
    "get_purchase.\n"
    "- Amounts are integers in minor units of the currency: 8000 with EUR means EUR 80.00; 500 with JPY "
    "means JPY 500.\n"
    "- merchant_id is one that find_merchants gave. Never make one up and never write who is paid.\n"
    "- One call for each purchase, with a new request_id. When no answer came, or you do not know whether it "
    "came, call "
    "again with the same request_id and the same content: that never makes a second purchase.\n"
    "- A refusal names the field (pointer) and the reason: correct that field. Do not split a purchase to "
    "get under a "
    "limit.\n"
    "- Proposed or approved is not paid. Say \"paid\" only after an answer with \"paid\": true.";

constexpr std::string_view kGetText =
    "Look at a purchase you proposed, or wait for it to change. With wait_s (0 to 20 seconds) the answer "
    "comes as soon as the "
    "state changes, or when the time is over: then call again with wait_s 20 while \"final\" is false and "
    "the "
    "user waits. Without since_version it waits for a change from the version you were last told.\n"
    "\"message\" is a sentence you may repeat. Say \"paid\" only when \"paid\" is true; \"approved\" and "
    "\"queued\" mean that "
    "the approval is saved in the car and nothing is paid yet; \"authorised\" means that the money is "
    "reserved. While the state "
    "is \"presented\", the driver decides on the car's screen: wait, and do not ask for the decision in the "
    "conversation.";

constexpr std::string_view kWithdrawText = "Take back a purchase you proposed, before the driver has "
                                           "approved it. Afterwards its card is gone from the screen. It "
                                           "stops nothing that was approved: that is for the driver, on the "
                                           "car's screen; \"can_still_be_stopped\" says whether it is "
                                           "possible. Calling it again changes nothing.";

constexpr std::string_view kPermissionsText =
    "What you may propose in this car: kinds of purchases, currency, the most that one purchase may cost "
    "(per_purchase_minor_max, an integer in minor units: 12000 with EUR means EUR 120.00), and how many "
    "proposals may be open. "
    "Whatever it says, the driver is asked for every purchase unless \"asks\" says otherwise. You cannot "
    "change it.";

constexpr std::string_view kFindText = "Find merchants that take payments from this car for one kind of "
                                       "purchase, nearest first, from the signed directory. Use "
                                       "the merchant_id of an answer in propose_purchase. \"kinds\" says "
                                       "what the merchant takes and how: \"online\" needs a "
                                       "connection, \"offline_accepted\" works without one, \"deferred\" is "
                                       "sent when there is one. distance_m is in metres.";

Json property(const char *type, std::string_view description)
{
    return {{"type", type}, {"description", description}};
}

Json integerProperty(std::string_view description, std::int64_t least, std::int64_t most)
{
    Json schema = property("integer", description);
    schema["minimum"] = least;
    schema["maximum"] = most;
    return schema;
}

Json textProperty(std::string_view description, std::size_t length_max)
{
    Json schema = property("string", description);
    schema["minLength"] = 1;
    schema["maxLength"] = length_max;
    return schema;
}

Json objectSchema(Json properties, Json required)
{
    Json schema = {
        {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) {
        schema["required"] = std::move(required);
    }
    return schema;
}

/// What a tool answers: its own fields, or `error` with a message. Open to more fields, so that a newer
/// daemon does not break a client that checks.
Json answerSchema(Json properties)
{
    properties["error"] = {
        {"type", "object"},
        {"description", "Only when the call failed."},
        {"properties",
         {{"code", property("string", "unavailable, no_answer, not_permitted, malformed, refused, not_found "
                                      "or rate_limited.")},
          {"pointer", property("string", "RFC 6901 pointer to the argument that is to blame.")},
          {"reason", property("string", "What is wrong with it.")}}},
        {"required", {"code"}}};
    properties["message"] = property("string", "One sentence you may repeat.");
    return {{"type", "object"}, {"properties", std::move(properties)}};
}

Json purchaseSchema()
{
    Json schema = answerSchema(
        {{"purchase_id", property("string", "The handle for get_purchase and withdraw_purchase.")},
         {"request_id", property("string", "Yours, of the proposal.")},
         {"state",
          property("string",
                   "Where it stands: held, presented, approved, queued, submitted, authorised, captured, "
                   "refused, declined, expired, withdrawn and others.")},
         {"version", property("integer", "Grows with every change.")},
         {"paid", property("boolean", "True only with a verified receipt. Never say \"paid\" before.")},
         {"final", property("boolean", "True: nothing more will change, stop asking.")},
         {"reason", property("string", "The rule that decided, when it was refused or held.")},
         {"pointer",
          property("string", "RFC 6901 pointer to the argument that was refused, where one is to blame.")},
         {"merchant_name", property("string", "Who is paid, from the signed directory.")},
         {"amount",
          {{"type", "object"},
           {"properties",
            {{"type", property("string", "exact, up_to or metered; the last two are the most it may cost.")},
             {"value", property("integer", "In minor units: 8000 with EUR means EUR 80.00.")},
             {"currency", property("string", "ISO 4217.")}}}}},
         {"captured_minor", property("integer", "What was really paid, in minor units.")},
         {"can_still_be_stopped", property("boolean", "Whether the driver can still stop it.")}});
    schema["required"] = {"message"};
    return schema;
}

Json permissionsSchema()
{
    return answerSchema(
        {{"agent_id", property("string", "Who you are to this car.")},
         {"kinds",
          {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", "Kinds you may propose."}}},
         {"currency", property("string", "ISO 4217.")},
         {"per_purchase_minor_max", property("integer", "Most for one purchase, in minor units.")},
         {"daily_minor_max", property("integer", "Most for a day, in minor units.")},
         {"monthly_minor_max", property("integer", "Most for a month, in minor units.")},
         {"open_proposals_max", property("integer", "Most proposals that may be open at one time.")},
         {"offline_unsettled_minor_max",
          property("integer", "Most that may be unsettled offline, in minor units.")},
         {"asks", property("string", "every_time: the driver is asked for each purchase.")},
         {"revision", property("integer", "Grows with every change.")}});
}

Json merchantsSchema()
{
    const Json merchant = {
        {"type", "object"},
        {"properties",
         {{"merchant_id", property("string", "For propose_purchase.")},
          {"name", property("string", "As the driver will read it.")},
          {"category", property("string", "ISO 18245 merchant category code.")},
          {"distance_m", property("integer", "Metres from the car, where its position is known.")},
          {"kinds", {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}}},
          {"currency", property("string", "The currency it takes, ISO 4217.")}}}};
    return answerSchema(
        {{"merchants", {{"type", "array"}, {"items", merchant}, {"description", "Nearest first."}}}});
}

struct Hints
{
    bool readOnly;
    bool openWorld;
};

Json definition(std::string_view name, std::string_view title, std::string_view description, Json input,
                Json output, Hints hints)
{
    // Nothing here destroys and every call may be repeated: a proposal moves no money by itself, and its
    // request_id makes it idempotent.
    return {{"name", name},
            {"title", title},
            {"description", description},
            {"inputSchema", std::move(input)},
            {"outputSchema", std::move(output)},
            {"annotations",
             {{"title", title},
              {"readOnlyHint", hints.readOnly},
              {"destructiveHint", false},
              {"idempotentHint", true},
              {"openWorldHint", hints.openWorld}}}};
}

} // namespace

Json toolDefinitions(const Json &proposalSchema)
{
    const Json purchaseId =
        textProperty("The purchase_id that propose_purchase gave.", kPurchaseId_bytes_max);
    return Json::array(
        {definition(tool::kPropose, "Propose a purchase", kProposeText, proposalSchema, purchaseSchema(),
                    {.readOnly = false, .openWorld = true}),
         definition(
             tool::kGet, "Look at a purchase", kGetText,
             objectSchema(
                 {{"purchase_id", purchaseId},
                  {"wait_s", integerProperty("Seconds to wait for a change; 0 or absent: answer at once.", 0,
                                             ipc::kWait_s_max)},
                  {"since_version",
                   integerProperty("Wait for a version other than this one; absent: the last one you were "
                                   "told.",
                                   0, kVersion_max)}},
                 {"purchase_id"}),
             purchaseSchema(), {.readOnly = true, .openWorld = false}),
         definition(tool::kWithdraw, "Withdraw a purchase", kWithdrawText,
                    objectSchema({{"purchase_id", purchaseId}}, {"purchase_id"}), purchaseSchema(),
                    {.readOnly = false, .openWorld = false}),
         definition(tool::kPermissions, "Show what may be proposed", kPermissionsText,
                    objectSchema(Json::object(), Json::array()), permissionsSchema(),
                    {.readOnly = true, .openWorld = false}),
         definition(tool::kFind, "Find merchants", kFindText,
                    objectSchema(
                        {{"kind",
                          textProperty("A kind of purchase, as get_payment_permissions names it, for example "
                                       "parking.",
                                       kKind_bytes_max)},
                         {"count", integerProperty("Most merchants to answer with; absent: 5.", 1,
                                                   kMerchants_count_max)}},
                        {"kind"}),
                    merchantsSchema(), {.readOnly = true, .openWorld = false})});
}

std::string_view instructions()
{
    return "Glovebox lets you propose purchases to the driver of this car. You propose; only the driver "
           "approves, on the car's "
           "own screen, never in the conversation. Usual order: find_merchants, propose_purchase once, then "
           "get_purchase with "
           "wait_s 20 until \"final\" is true. Amounts are integers in minor units (8000 with EUR is EUR "
           "80.00). Never say "
           "that something is paid before \"paid\" is true.";
}

} // namespace glovebox::mcp
