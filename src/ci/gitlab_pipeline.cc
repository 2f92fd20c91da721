#include "ci/gitlab_pipeline.h"

#include <algorithm>
#include <utility>

#include "ci/condition.h"
#include "ci/script_step.h"

namespace lockstep::ci {

namespace {

using yaml::Node;

constexpr unsigned extends_max = 11;  // as deep as GitLab follows
constexpr std::string_view not_jobs[] = {"default",       "include",      "stages",   "variables",
                                         "workflow",      "image",        "services", "cache",
                                         "before_script", "after_script", "spec"};

Answer rule_matches(const Node& rule, const Situation& situation) {
    if (!rule.is_mapping()) return Answer::unclear;  // `!reference`
    Answer matches = Answer::yes;
    if (const Node* const condition = rule.find("if"))
        matches =
            condition->is_scalar() ? holds_on_gitlab(condition->text, situation) : Answer::unclear;
    if (rule.find("exists") != nullptr) matches = both(matches, Answer::unclear);
    // For tags `changes` is always true.
    if (rule.find("changes") != nullptr && situation.is_branch())
        matches = both(matches, Answer::unclear);
    return matches;
}

/// The first rule that matches decides; with none, nothing runs.
Answer passes_rules(const Node& rules, const Situation& situation) {
    Answer passes = Answer::no, is_open = Answer::yes;
    for (const Node* const rule : rules.items) {
        const Answer matches = rule_matches(*rule, situation);
        if (rule->text_of("when") != "never") passes = either(passes, both(is_open, matches));
        is_open = both(is_open, opposite(matches));
    }
    return passes;
}

/// Whether an entry of `only` or `except` means the ref.
Answer means(std::string_view entry, const Situation& situation) {
    if (entry == "tags") return situation.is_branch() ? Answer::no : Answer::yes;
    if (entry == "branches") return situation.is_branch() ? Answer::yes : Answer::no;
    if (entry == "pushes" || entry == situation.ref) return Answer::yes;
    return entry.starts_with('/') || entry.contains('@') ? Answer::unclear : Answer::no;
}

Answer means_any(const Node& list, const Situation& situation) {
    if (list.is_mapping()) {
        const Node* const refs = list.find("refs");
        const Answer answer = refs == nullptr ? Answer::yes : means_any(*refs, situation);
        // `variables`, `changes`, `kubernetes`.
        return list.pairs.size() > (refs == nullptr ? 0U : 1U) ? both(answer, Answer::unclear)
                                                               : answer;
    }
    if (list.is_scalar()) return means(list.text, situation);
    Answer answer = Answer::no;
    for (const Node* const item : list.items)
        answer = either(answer, item->is_scalar() ? means(item->text, situation) : Answer::unclear);
    return answer;
}

/// A file, and what its jobs inherit.
class Reading {
  public:
    Reading(const Node& root, const Refs& refs) : root_(root), refs_(refs) {}

    Result<Pipeline> read(const std::string& path) {
        Pipeline pipeline{.path = path, .runs = {}, .steps = {}, .elsewhere = {}};
        pipeline.runs = for_each_ref([&](const Situation& situation) {
            const Node* const rules = root_.at("workflow", "rules");
            return rules == nullptr ? Answer::yes : passes_rules(*rules, situation);
        });
        if (const Node* const include = root_.find_key("include"))
            pipeline.elsewhere.push_back({.at = include->mark.location(), .what = "`include`"});
        for (const yaml::Pair& pair : root_.pairs) {
            const std::string_view name = pair.key->text;
            const bool is_job = pair.value->is_mapping() && !name.starts_with('.') &&
                                std::ranges::find(not_jobs, name) == std::ranges::end(not_jobs);
            if (is_job) TRY(add_job(name, *pair.value, pipeline));
        }
        return pipeline;
    }

  private:
    template <typename Ask>
    Runs for_each_ref(const Ask& ask) const {
        using Event = Situation::Event;
        return {.on_tag = ask({.event = Event::tag, .ref = refs_.tag}),
                .on_release = Answer::no,
                .on_branch = ask({.event = Event::branch, .ref = refs_.branch})};
    }

    /// The value under `key` of a job, or of what it extends: the last named first.
    const Node* find(const Node& job, std::string_view key, unsigned depth = 0) const {
        if (const Node* const own = job.find(key)) return own;
        const Node* const extends = job.find("extends");
        if (extends == nullptr || depth == extends_max) return nullptr;
        const auto in = [&](const Node& name) -> const Node* {
            const Node* const base = name.is_scalar() ? root_.find(name.text) : nullptr;
            return base == nullptr ? nullptr : find(*base, key, depth + 1);
        };
        if (extends->is_scalar()) return in(*extends);
        for (std::size_t at = extends->items.size(); at-- > 0;)
            if (const Node* const found = in(*extends->items[at])) return found;
        return nullptr;
    }

    /// What it extends stands in no file that was read.
    const Node* missing_base(const Node& job) const {
        const Node* const extends = job.find("extends");
        if (extends == nullptr) return nullptr;
        if (extends->is_scalar()) return root_.find(extends->text) == nullptr ? extends : nullptr;
        for (const Node* const item : extends->items)
            if (item->is_scalar() && root_.find(item->text) == nullptr) return item;
        return nullptr;
    }

    Answer runs_for(const Node& job, const Situation& situation) const {
        if (const Node* const rules = find(job, "rules")) return passes_rules(*rules, situation);
        const Node* const only = find(job, "only");
        const Node* const except = find(job, "except");
        const Answer in = only == nullptr ? Answer::yes : means_any(*only, situation);
        return except == nullptr ? in : both(in, opposite(means_any(*except, situation)));
    }

    Result<void> add_job(std::string_view name, const Node& job, Pipeline& pipeline) {
        const Runs runs =
            for_each_ref([&](const Situation& situation) { return runs_for(job, situation); });
        if (const Node* const base = missing_base(job))
            pipeline.elsewhere.push_back({.at = base->mark.location(),
                                          .what = "`extends: " + std::string(base->text) + '`'});
        if (const Node* const trigger = job.find_key("trigger"))
            pipeline.elsewhere.push_back({.at = trigger->mark.location(), .what = "`trigger`"});
        for (const char* const key : {"before_script", "script", "after_script"}) {
            const Node* script = find(job, key);
            if (script == nullptr) script = root_.at("default", std::string_view(key));
            if (script == nullptr) script = root_.find(key);
            if (script != nullptr) TRY(add_script(*script, name, runs, pipeline));
        }
        return {};
    }

    Result<void> add_script(const Node& script, std::string_view job, const Runs& runs,
                            Pipeline& pipeline) {
        if (script.is_sequence()) {
            for (const Node* const item : script.items) TRY(add_script(*item, job, runs, pipeline));
            return {};
        }
        if (!script.is_scalar() || script.is_null()) return {};
        if (pipeline.steps.size() == steps_max)
            return fail(Error::Kind::invalid, "more than 10,000 scripts");
        Step step = script_step(script);
        step.job = std::string(job);
        step.runs = runs;
        pipeline.steps.push_back(std::move(step));
        return {};
    }

    const Node& root_;
    const Refs& refs_;
};

}  // namespace

Result<Pipeline> parse_gitlab_pipeline(const std::string& path, Blob text, const Refs& refs) {
    const auto document =
        TRY(yaml::Document::parse(path, std::move(text), yaml::Dialect::resource, file_limits()));
    if (document->roots().empty() || !document->roots().back()->is_mapping())
        return fail(Error::Kind::invalid, path + " is no mapping, so GitLab does not run it");
    // A first document may hold the inputs of the others (`spec:`).
    return Reading(*document->roots().back(), refs).read(path);
}

}  // namespace lockstep::ci
