#include "changes/images.h"

#include <algorithm>
#include <set>
#include <utility>

#include "changes/folding.h"
#include "changes/rules.h"

namespace lockstep::changes {

namespace {

using State = ImageAnswer::State;
using Answers = std::map<std::string, ImageAnswer, std::less<>>;

const ImageAnswer& answer_of(const Answers& answers, const std::string& image) {
    static const ImageAnswer unasked{
        .state = State::unknown, .reason = "it was not asked for", .platforms = {}};
    const auto found = answers.find(image);
    return found == answers.end() ? unasked : found->second;
}

std::string lost_platforms(const ImageAnswer& before, const ImageAnswer& after) {
    std::string lost;
    for (const std::string& platform : before.platforms)
        if (std::ranges::find(after.platforms, platform) == after.platforms.end())
            lost.append(lost.empty() ? "" : ", ").append(platform);
    return lost;
}

void add(Rule rule, const Field& field, std::string why, Change& change) {
    const RuleRow& row = row_of(rule);
    change.effects.insert(change.effects.begin(), {.severity = row.severity,
                                                   .rule = row.id,
                                                   .field = field.path,
                                                   .before = field.before,
                                                   .after = field.after,
                                                   .why = std::move(why),
                                                   .advice = std::string(row.advice)});
}

}  // namespace

std::vector<std::string> images_of(const Upgrade& upgrade) {
    std::set<std::string> images;
    for (const Change& change : upgrade.changes)
        for (const Field& field : change.fields)
            if (is_image(field)) images.insert({field.before, field.after});
    return {images.begin(), images.end()};
}

void judge_images(const Answers& answers, Upgrade& upgrade) {
    std::set<std::string> unknown;
    for (Change& change : upgrade.changes)
        for (const Field& field : change.fields) {
            if (!is_image(field)) continue;
            const ImageAnswer& before = answer_of(answers, field.before);
            const ImageAnswer& after = answer_of(answers, field.after);
            for (const auto& [image, answer] :
                 {std::pair(&field.before, &before), {&field.after, &after}})
                if (answer->state == State::unknown && unknown.insert(*image).second)
                    upgrade.notices.push_back("the platforms of `" + *image +
                                              "` are not known: " + answer->reason);
            if (after.state == State::missing)
                add(Rule::image_missing, field, "its registry does not have the new image", change);
            if (before.state != State::found || after.state != State::found) continue;
            if (const std::string lost = lost_platforms(before, after); !lost.empty())
                add(Rule::image_platform_lost, field,
                    "the new image does not run on " + lost + ", the old one does", change);
        }
    upgrade.is_image_unknown = !unknown.empty();
    std::ranges::stable_sort(upgrade.changes, [](const Change& a, const Change& b) {
        return a.severity() > b.severity();
    });
}

}  // namespace lockstep::changes
