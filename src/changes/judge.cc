#include "changes/judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "changes/folding.h"
#include "changes/judging.h"
#include "changes/shown_field.h"
#include "changes/value.h"

namespace lockstep::changes {

namespace {

using State = Root::State;

/// The same in two entry points if and only if the texts are.
std::string key_of(const ObjectChange& object, bool is_upgrade) {
    std::string key(is_upgrade ? "u" : "-");
    key += static_cast<char>('0' + static_cast<int>(object.kind));
    for (const yaml::Node* const node : {object.before, object.after})
        key += node == nullptr ? "-" : canonical(*node);
    return key;
}

class Judgement {
  public:
    Judgement(const JudgeOptions& options, Upgrade& upgrade)
        : options_(options), upgrade_(upgrade) {}

    void add(const RootObjects& objects) {
        const std::string& reason =
            objects.before.state == State::unknown ? objects.before.reason : objects.after.reason;
        Root root{.root = objects.root,
                  .before = objects.before.state,
                  .after = objects.after.state,
                  .reason = reason};
        if (root.before != State::unknown && root.after != State::unknown) {
            const auto differences = difference(objects.before.objects, objects.after.objects);
            std::size_t touched = 0;
            for (const ObjectChange& object : differences)
                touched += object.kind == ObjectChange::Kind::removed ? 0u : 1u;
            root.unchanged = objects.after.objects.size() - touched;
            judge_entry_point(root);
            const bool is_upgrade = root.is_compared();
            add(differences, objects.root, is_upgrade);
            if (options_.kubernetes && is_upgrade) add_unserved(objects, differences);
        }
        upgrade_.roots.push_back(std::move(root));
    }

    void finish() {
        std::ranges::stable_sort(upgrade_.changes, [](const Change& a, const Change& b) {
            return std::make_tuple(-static_cast<int>(a.severity()), a.after.kind, a.after.space,
                                   a.after.name) < std::make_tuple(-static_cast<int>(b.severity()),
                                                                   b.after.kind, b.after.space,
                                                                   b.after.name);
        });
        fold_repeated_images(upgrade_.changes);
        std::ranges::stable_sort(upgrade_.effects, [](const Effect& a, const Effect& b) {
            return a.severity > b.severity;
        });
    }

  private:
    /// What only one revision has is no upgrade of it: its objects are listed and not judged.
    void judge_entry_point(const Root& root) {
        if (root.is_compared()) return;
        const bool is_gone = root.after == State::missing;
        const RuleRow& row = row_of(is_gone ? Rule::entry_point_removed : Rule::entry_point_added);
        upgrade_.effects.push_back({.severity = row.severity,
                                    .rule = row.id,
                                    .field = root.root,
                                    .before = {},
                                    .after = {},
                                    .why = is_gone ? "it is not there any more: applying it fails"
                                                   : "the entry point is new",
                                    .advice = std::string(row.advice)});
    }

    void add_unserved(const RootObjects& objects, const std::vector<ObjectChange>& differences) {
        std::set<const yaml::Node*> touched;
        for (const ObjectChange& object : differences) touched.insert(object.after);
        for (const yaml::Node* const node : objects.after.objects) {
            if (touched.contains(node)) continue;
            const Identity id = identity_of(*node);
            const ObjectChange same{
                .before_id = id, .after_id = id, .before = node, .after = node, .fields = {}};
            Change change;
            Judging judging(same, options_.kubernetes, change);
            judge_api_version(judging);
            for (Effect& effect : change.effects) add_unserved(id, objects.root, std::move(effect));
        }
    }

    void add_unserved(const Identity& id, const std::string& root, Effect effect) {
        const auto [at, is_new] = unserved_.try_emplace(id, upgrade_.unserved.size());
        if (is_new)
            upgrade_.unserved.push_back({id, {root}, std::move(effect)});
        else
            upgrade_.unserved[at->second].roots.push_back(root);
    }

    void add(const std::vector<ObjectChange>& differences, const std::string& root,
             bool is_upgrade) {
        Renamed renamed;
        for (const ObjectChange& object : differences)
            if (object.is_renamed()) renamed.emplace(object.before_id.name, object.after_id.name);
        const std::size_t first = upgrade_.changes.size();
        for (const ObjectChange& object : differences) {
            const auto [at, is_new] =
                known_.try_emplace(key_of(object, is_upgrade), upgrade_.changes.size());
            if (is_new) upgrade_.changes.push_back(judged(object, renamed, is_upgrade));
            upgrade_.changes[at->second].roots.push_back(root);
        }
        if (is_upgrade) judge_moves(differences, upgrade_.changes, first);
    }

    Change judged(const ObjectChange& object, const Renamed& renamed, bool is_upgrade) const {
        Change change{.kind = object.kind,
                      .before = object.before_id,
                      .after = object.after_id,
                      .roots = {},
                      .fields = {},
                      .effects = {}};
        for (const FieldChange& field : object.fields) {
            change.fields.push_back(shown_field(object, field));
            change.fields.back().fold = fold_of(field, renamed);
        }
        if (is_upgrade) judge_object(object, change);
        return change;
    }

    /// Objects that went while one of their name came into another namespace.
    static void judge_moves(const std::vector<ObjectChange>& differences,
                            std::vector<Change>& changes, std::size_t first) {
        std::map<Identity, std::string> came;  // by all but version and namespace
        const auto key_of = [](Identity identity) {
            identity.version = identity.space = "";
            return identity;
        };
        for (const ObjectChange& object : differences)
            if (object.kind == ObjectChange::Kind::added)
                came.emplace(key_of(object.after_id), object.after_id.space);
        for (std::size_t at = first; at < changes.size(); ++at) {
            Change& gone = changes[at];
            const auto found = came.find(key_of(gone.after));
            if (gone.kind != ObjectChange::Kind::removed || found == came.end()) continue;
            const RuleRow& row = row_of(Rule::object_moved);
            gone.effects = {{.severity = row.severity,
                             .rule = row.id,
                             .field = "metadata.namespace",
                             .before = gone.after.space,
                             .after = found->second,
                             .why = "it is in another namespace from now on",
                             .advice = std::string(row.advice)}};
        }
    }

    void judge_object(const ObjectChange& object, Change& change) const {
        Judging judging(object, options_.kubernetes, change);
        judge_immutable(judging);
        judge_api_version(judging);
        judge_definition(judging);
        judge_access(judging);
        judge_pods(judging);
        judge_effects_of_fields(judging);
        std::ranges::stable_sort(change.effects, [](const Effect& a, const Effect& b) {
            return a.severity > b.severity;
        });
    }

    const JudgeOptions& options_;
    Upgrade& upgrade_;
    std::map<Identity, std::size_t> unserved_;  // the place in `unserved`
    std::map<std::string, std::size_t> known_;  // by key_of; the place in `changes`
};

}  // namespace

std::optional<Severity> severity_of(const Upgrade& upgrade) {
    std::optional<Severity> heaviest;
    const auto weigh = [&](Severity severity) {
        if (!heaviest || severity > *heaviest) heaviest = severity;
    };
    for (const Change& change : upgrade.changes) weigh(change.severity());
    for (const Effect& effect : upgrade.effects) weigh(effect.severity);
    for (const Upgrade::Unserved& unserved : upgrade.unserved) weigh(unserved.effect.severity);
    return heaviest;
}

bool is_partial(const Upgrade& upgrade) {
    const bool has_chart = std::ranges::any_of(
        upgrade.charts, [](const ChartChange& chart) { return !chart.reason.empty(); });
    return has_chart || std::ranges::any_of(upgrade.roots, [](const Root& root) {
               return root.before == State::unknown || root.after == State::unknown;
           });
}

void judge(std::span<const RootObjects> roots, const JudgeOptions& options, Upgrade& upgrade) {
    if (options.kubernetes) upgrade.kubernetes = to_string(*options.kubernetes);
    Judgement judgement(options, upgrade);
    for (const RootObjects& root : roots) judgement.add(root);
    judgement.finish();
}

}  // namespace lockstep::changes
