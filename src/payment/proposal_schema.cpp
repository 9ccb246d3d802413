// SPDX-License-Identifier: Apache-2.0
#include "payment/proposal_schema.h"

// Other people's headers, which do not pass our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

#include <regex>

namespace glovebox::payment
{

namespace
{

constexpr std::size_t kMatched_bytes_max = 256;

std::unique_ptr<valijson::Schema> compile()
{
    auto schema = std::make_unique<valijson::Schema>();
    const valijson::adapters::NlohmannJsonAdapter adapter(proposalSchema());
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, *schema);
    return schema;
}

/// The validator names a step as ["amount"] or [0], after a first "<root>".
std::string pointerOf(const std::vector<std::string> &context)
{
    std::string pointer;
    for (std::size_t i = 1; i < context.size(); ++i) {
        std::string_view step = context[i];
        if (step.size() >= 2 && step.front() == '[' && step.back() == ']') {
            step = step.substr(1, step.size() - 2);
        }
        if (step.size() >= 2 && step.front() == '"' && step.back() == '"') {
            step = step.substr(1, step.size() - 2);
        }
        pointer += '/' + base::escapePointer(step);
    }
    return pointer;
}

const base::Json *schemaAt(const base::Json &document, const base::Json &schema, std::string_view key)
{
    if (document.is_array()) {
        const auto items = schema.find("items");
        return items == schema.end() ? nullptr : &*items;
    }
    const auto properties = schema.find("properties");
    if (properties == schema.end()) {
        return nullptr;
    }
    const auto property = properties->find(key);
    return property == properties->end() ? nullptr : &*property;
}

/// What the validator would say of a number or a text is true and helps nobody.
std::optional<ProposalError> valueFault(const base::Json &value, const base::Json &schema,
                                        const std::string &pointer)
{
    if (value.is_number() && schema.contains("maximum")) {
        const auto most = schema.at("maximum").get<std::int64_t>();
        // An integer of more than 64 bits arrives as a float.
        const bool above = value.is_number_unsigned()
                               ? value.get<std::uint64_t>() > static_cast<std::uint64_t>(most)
                               : value.is_number_float() && value.get<double>() > static_cast<double>(most);
        if (above) {
            return ProposalError{ProposalFault::schema, pointer,
                                 "is too large: at most " + std::to_string(most)};
        }
        if (value.is_number_float()) {
            return ProposalError{ProposalFault::schema, pointer,
                                 "is not an integer without fraction or exponent"};
        }
    }
    if (value.is_string() && schema.contains("pattern")) {
        const auto &text = value.get_ref<const std::string &>();
        // Longer ones are another fault; they are not matched, since std::regex recurses by length.
        const bool isShort = text.size() <= kMatched_bytes_max;
        if (isShort && !std::regex_search(text, std::regex(schema.at("pattern").get<std::string>()))) {
            return ProposalError{ProposalFault::schema, pointer,
                                 "does not have the form " + schema.at("pattern").get<std::string>()};
        }
    }
    return std::nullopt;
}

/// A missing or unknown member is reported by the validator at the object; the pointer names the member
/// instead.
std::optional<ProposalError> memberFault(const base::Json &document, const base::Json &schema,
                                         const std::string &pointer)
{
    if (document.is_array()) {
        for (std::size_t i = 0; i < document.size(); ++i) {
            if (const base::Json *inner = schemaAt(document, schema, {})) {
                if (auto fault = memberFault(document[i], *inner, pointer + '/' + std::to_string(i))) {
                    return fault;
                }
            }
        }
        return std::nullopt;
    }
    if (!document.is_object() || !schema.contains("properties")) {
        return valueFault(document, schema, pointer);
    }
    for (auto it = document.begin(); it != document.end(); ++it) {
        const std::string at = pointer + '/' + base::escapePointer(it.key());
        const base::Json *inner = schemaAt(document, schema, it.key());
        if (!inner) {
            return ProposalError{ProposalFault::schema, at, "is not a known field"};
        }
        if (auto fault = memberFault(it.value(), *inner, at)) {
            return fault;
        }
    }
    if (const auto required = schema.find("required"); required != schema.end()) {
        for (const base::Json &name : *required) {
            const auto &key = name.get_ref<const std::string &>();
            if (!document.contains(key)) {
                return ProposalError{ProposalFault::schema, pointer + '/' + base::escapePointer(key),
                                     "is required"};
            }
        }
    }
    return std::nullopt;
}

} // namespace

const base::Json &proposalSchema()
{
    static const base::Json schema = [] {
        base::Json value = base::Json::parse(kProposalSchemaText);
        value.erase("$comment"); // the licence line is for readers of the file
        return value;
    }();
    return schema;
}

std::optional<ProposalError> checkAgainstSchema(const base::Json &document)
{
    static const std::unique_ptr<valijson::Schema> schema = compile();
    valijson::ValidationResults results;
    // Strong types: "80" is no integer. Kept for each thread, since it caches the patterns that it compiled:
    // without that they cost ten times what the rest of a check does.
    thread_local valijson::Validator validator;
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    try {
        if (validator.validate(*schema, adapter, &results)) {
            return std::nullopt;
        }
    } catch (const std::exception &) {
        return ProposalError{ProposalFault::schema, "", "could not be checked against the schema"};
    }
    if (auto fault = memberFault(document, proposalSchema(), "")) {
        return fault;
    }
    valijson::ValidationResults::Error first; // the innermost one comes first
    results.popError(first);
    return ProposalError{ProposalFault::schema, pointerOf(first.context), first.description};
}

} // namespace glovebox::payment
