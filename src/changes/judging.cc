#include "changes/judging.h"

#include <algorithm>
#include <utility>

namespace lockstep::changes {

void Judging::add(Rule rule, Words words) {
    const RuleRow& row = row_of(rule);
    change_.effects.push_back(
        {.severity = row.severity,
         .rule = row.id,
         .field = std::move(words.field),
         .before = std::move(words.before),
         .after = std::move(words.after),
         .why = std::move(words.why),
         .advice = words.advice.empty() ? std::string(row.advice) : std::move(words.advice)});
}

void Judging::add(Rule rule, const FieldChange& field, std::string why, std::string advice) {
    const auto at = static_cast<std::size_t>(&field - object_.fields.data());
    Field& shown = change_.fields[at];
    const bool is_said = std::ranges::any_of(change_.effects, [&](const Effect& effect) {
        return effect.field == shown.path && effect.severity >= row_of(rule).severity;
    });
    if (is_said) return;
    add(rule, {.why = std::move(why),
               .advice = std::move(advice),
               .field = shown.path,
               .before = shown.before,
               .after = shown.after});
    // Texts of several lines are shown line by line, which an effect does not do.
    shown.is_explained = shown.lines.empty();
    shown.fold = Fold::none;
}

void Judging::explain(const std::vector<std::string_view>& fields) {
    for (std::size_t at = 0; at < object_.fields.size(); ++at)
        if (begins_with(object_.fields[at].path, fields)) {
            change_.fields[at].is_explained = true;
            change_.fields[at].fold = Fold::none;
        }
}

}  // namespace lockstep::changes
