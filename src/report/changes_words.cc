#include "report/changes_words.h"

#include <map>
#include <span>

namespace lockstep::report {

using changes::Change;
using changes::Field;
using changes::FieldChange;
using changes::ObjectChange;
using changes::Severity;
using changes::Upgrade;

namespace {

constexpr std::size_t roots_named = 4;

std::string folded(std::span<const Change> changes) {
    std::map<changes::Fold, std::size_t> count;
    std::size_t all = 0;
    for (const Change& change : changes)
        for (const Field& field : change.fields)
            if (field.fold != changes::Fold::none) {
                ++count[field.fold];
                ++all;
            }
    std::string text;
    for (const auto& [fold, found] : count)
        text += (text.empty() ? "" : ", ") + std::to_string(found) + " × " +
                std::string(to_string(fold));
    return text.empty() ? text : counted(all, "field") + " folded: " + text;
}

}  // namespace

std::string counted(std::size_t count, std::string_view what) {
    return std::to_string(count) + ' ' + std::string(what) + (count == 1 ? "" : "s");
}

std::string root_name(const std::string& root) {
    return root.empty() ? "(root)" : root;
}

std::string named(const std::vector<std::string>& roots) {
    std::string text;
    for (std::size_t at = 0; at < roots.size(); ++at) {
        if (at == roots_named && roots.size() > roots_named + 1)
            return text + " and " + std::to_string(roots.size() - at) + " more";
        text.append(text.empty() ? "" : ", ").append(root_name(roots[at]));
    }
    return text;
}

std::string roots_of(const Change& change) {
    return named(change.roots);
}

std::string version_name(const changes::VersionNotes& notes) {
    return notes.tag.empty() ? notes.version.str() + " (no tag)" : notes.tag;
}

std::string source_of(const changes::VersionNotes& notes) {
    return notes.is_missing() ? "nothing is written of it" : notes.place;
}

std::string name_of(const Change& change) {
    std::string text = to_string(change.after);
    if (change.before.name != change.after.name) text += " (was " + change.before.name + ")";
    if (change.before.api_version() != change.after.api_version())
        text += " (" + change.before.api_version() + " -> " + change.after.api_version() + ")";
    return text;
}

std::string_view word_of(ObjectChange::Kind kind) {
    constexpr std::string_view words[] = {"added", "removed", "changed"};
    return words[static_cast<std::size_t>(kind)];
}
std::string_view word_of(FieldChange::Kind kind) {
    constexpr std::string_view words[] = {"added", "removed", "changed", "reordered"};
    return words[static_cast<std::size_t>(kind)];
}
std::string_view sign_of(ObjectChange::Kind kind) {
    constexpr std::string_view signs[] = {"+", "-", "~"};
    return signs[static_cast<std::size_t>(kind)];
}
std::string_view sign_of(FieldChange::Kind kind) {
    constexpr std::string_view signs[] = {"+", "-", "~", "#"};
    return signs[static_cast<std::size_t>(kind)];
}

std::string summary_of(const Upgrade& upgrade) {
    std::size_t count[3] = {};
    for (const Change& change : upgrade.changes) ++count[static_cast<std::size_t>(change.kind)];
    std::size_t unchanged = 0, compared = 0;
    for (const changes::Root& root : upgrade.roots) {
        unchanged += root.unchanged;
        compared += root.before != changes::Root::State::unknown &&
                            root.after != changes::Root::State::unknown
                        ? 1u
                        : 0u;
    }
    return counted(count[2], "object") + " changed, " + std::to_string(count[0]) + " added, " +
           std::to_string(count[1]) + " removed in " + counted(compared, "entry point") + "; " +
           std::to_string(unchanged) + " as before";
}

std::string weight_of(const Upgrade& upgrade) {
    std::size_t count[3] = {};
    for (const Change& change : upgrade.changes)
        ++count[static_cast<std::size_t>(change.severity())];
    for (const changes::Effect& effect : upgrade.effects)
        ++count[static_cast<std::size_t>(effect.severity)];
    for (const Upgrade::Unserved& unserved : upgrade.unserved)
        ++count[static_cast<std::size_t>(unserved.effect.severity)];
    std::string text;
    for (const Severity severity : {Severity::breaking, Severity::attention, Severity::info})
        if (const std::size_t found = count[static_cast<std::size_t>(severity)]; found != 0)
            text += (text.empty() ? "" : ", ") + std::to_string(found) + ' ' +
                    std::string(to_string(severity));
    return text;
}

std::string folded_in(const Change& change) {
    return folded(std::span(&change, 1));
}

std::string folded_in(const Upgrade& upgrade) {
    return folded(upgrade.changes);
}

}  // namespace lockstep::report
