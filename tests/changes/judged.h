#pragma once

#include <string>
#include <string_view>

#include "changes/judge.h"
#include "changes/parsed.h"

namespace lockstep::changes {

/// What is judged of two sets of objects at one entry point, "app".
inline Upgrade judged(const Parsed& before, const Parsed& after, std::string_view kubernetes = {}) {
    const RootObjects root{.root = "app",
                           .before = {.state = Root::State::found, .objects = before.objects()},
                           .after = {.state = Root::State::found, .objects = after.objects()}};
    JudgeOptions options;
    if (!kubernetes.empty()) options.kubernetes = parse_kubernetes_version(kubernetes).value();
    Upgrade upgrade;
    judge({&root, 1}, options, upgrade);
    return upgrade;
}

/// A line for each effect: "breaking[immutable-field] Job/j spec.template…: a -> b".
inline std::string effects_of(std::string_view before, std::string_view after,
                              std::string_view kubernetes = {}) {
    const Parsed a(before), b(after);
    std::string text;
    const auto add = [&](const std::string& object, const Effect& effect) {
        text += std::string(to_string(effect.severity)) + '[' + std::string(effect.rule) + "] " +
                object;
        if (!effect.field.empty()) text += ' ' + effect.field;
        if (!effect.before.empty() || !effect.after.empty())
            text += ": " + effect.before + " -> " + effect.after;
        text += '\n';
    };
    const Upgrade upgrade = judged(a, b, kubernetes);
    for (const Change& change : upgrade.changes)
        for (const Effect& effect : change.effects) add(to_string(change.after), effect);
    for (const auto& unserved : upgrade.unserved)
        add(to_string(unserved.object) + " (as before)", unserved.effect);
    return text;
}

}  // namespace lockstep::changes
