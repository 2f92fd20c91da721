#include "ci/github_workflow.h"

#include <algorithm>
#include <utility>

#include "ci/condition.h"
#include "ci/ref_filter.h"
#include "ci/script_step.h"

namespace lockstep::ci {

namespace {

using yaml::Node;

Error fault(const Node& node, std::string message, std::string hint = {}) {
    return {.kind = Error::Kind::invalid,
            .message = std::move(message),
            .hint = std::move(hint),
            .at = node.mark.location()};
}

/// The texts of a list, or of one text alone.
std::vector<std::string_view> texts(const Node* node) {
    std::vector<std::string_view> found;
    if (node == nullptr) return found;
    if (node->is_scalar() && !node->is_null()) found.push_back(node->text);
    for (const Node* const item : node->items)
        if (item->is_scalar()) found.push_back(item->text);
    return found;
}

/// Of patterns the last that matches decides; those behind `!` take away.
bool passes(const std::vector<std::string_view>& patterns, const std::string& name) {
    bool is_in = false;
    for (std::string_view pattern : patterns) {
        const bool is_taken_away = pattern.starts_with('!');
        if (is_taken_away) pattern.remove_prefix(1);
        if (matches_ref_filter(pattern, name)) is_in = !is_taken_away;
    }
    return is_in;
}

/// Whether a push of `name` passes the filters `kind` ("tags") and its "-ignore". With filters of
/// the other kind only, no push of this one starts anything.
Answer passes_filters(const Node& push, const std::string& kind, const std::string& other,
                      const std::string& name) {
    if (const Node* const wanted = push.find(kind))
        return passes(texts(wanted), name) ? Answer::yes : Answer::no;
    if (const Node* const ignored = push.find(kind + "-ignore"))
        return passes(texts(ignored), name) ? Answer::no : Answer::yes;
    const bool has_other = push.find(other) != nullptr || push.find(other + "-ignore") != nullptr;
    return has_other ? Answer::no : Answer::yes;
}

Answer starts_on_release(const Node* filters) {
    const Node* const types = filters == nullptr ? nullptr : filters->find("types");
    if (types == nullptr) return Answer::yes;
    for (const std::string_view type : texts(types))
        if (type == "published" || type == "released" || type == "created") return Answer::yes;
    return Answer::no;
}

/// `filters` may be null.
void add_trigger(Runs& runs, std::string_view event, const Node* filters, const Refs& refs) {
    if (event == "release") runs.on_release = starts_on_release(filters);
    if (event == "create") runs.on_tag = Answer::yes;
    if (event == "workflow_run") {
        // It follows another workflow, on whatever that ran for.
        runs.on_tag = either(runs.on_tag, Answer::unclear);
        runs.on_branch = either(runs.on_branch, Answer::unclear);
    }
    if (event != "push") return;
    const bool has_filters = filters != nullptr && filters->is_mapping();
    const auto answer = [&](const char* kind, const char* other, const std::string& name) {
        return has_filters ? passes_filters(*filters, kind, other, name) : Answer::yes;
    };
    runs.on_tag = either(runs.on_tag, answer("tags", "branches", refs.tag));
    runs.on_branch = either(runs.on_branch, answer("branches", "tags", refs.branch));
    // Which files a push changes is not known here; tags are not held against `paths`.
    if (has_filters &&
        (filters->find("paths") != nullptr || filters->find("paths-ignore") != nullptr))
        runs.on_branch = both(runs.on_branch, Answer::unclear);
}

Runs triggers_of(const Node& on, const Refs& refs) {
    Runs runs;
    for (const std::string_view event : texts(&on)) add_trigger(runs, event, nullptr, refs);
    for (const yaml::Pair& pair : on.pairs) add_trigger(runs, pair.key->text, pair.value, refs);
    return runs;
}

Runs holds(const Node* condition, const Refs& refs) {
    using Event = Situation::Event;
    if (condition == nullptr || !condition->is_scalar())
        return {.on_tag = Answer::yes, .on_release = Answer::yes, .on_branch = Answer::yes};
    const auto holds_for = [&](Event event, const std::string& ref) {
        return holds_on_github(condition->text, {.event = event, .ref = ref});
    };
    return {.on_tag = holds_for(Event::tag, refs.tag),
            .on_release = holds_for(Event::release, refs.tag),
            .on_branch = holds_for(Event::branch, refs.branch)};
}

Runs both(const Runs& one, const Runs& other) {
    return {.on_tag = ci::both(one.on_tag, other.on_tag),
            .on_release = ci::both(one.on_release, other.on_release),
            .on_branch = ci::both(one.on_branch, other.on_branch)};
}

std::optional<Step> step_of(const Node& node) {
    if (const Node* const uses = node.find("uses"); uses != nullptr && uses->is_scalar()) {
        Step step;
        step.at = uses->mark.location();
        step.uses = std::string(uses->text);
        if (const Node* const with = node.find("with"))
            for (const yaml::Pair& pair : with->pairs)
                if (pair.value->is_scalar()) step.with.emplace(pair.key->text, pair.value->text);
        return step;
    }
    if (const Node* const run = node.find("run"); run != nullptr && run->is_scalar())
        return script_step(*run);
    return std::nullopt;
}

struct Reading {
    const Refs& refs;
    std::vector<Step> steps;

    Result<void> add(const Node& node, std::string_view job, const Runs& job_runs) {
        auto step = step_of(node);
        if (!step) return {};
        if (steps.size() == steps_max)
            return std::unexpected(fault(node, "more than 10,000 steps"));
        step->job = std::string(job);
        step->runs = both(job_runs, holds(node.find("if"), refs));
        steps.push_back(std::move(*step));
        return {};
    }
};

/// The only document of a file, a mapping.
Result<const Node*> root_of(const yaml::Document& document, const std::string& path) {
    if (document.roots().size() != 1 || !document.roots().front()->is_mapping())
        return fail(Error::Kind::invalid, path + " is no mapping, so GitHub does not run it");
    return document.roots().front();
}

}  // namespace

Result<Pipeline> parse_github_workflow(const std::string& path, Blob text, const Refs& refs) {
    const auto document =
        TRY(yaml::Document::parse(path, std::move(text), yaml::Dialect::resource, file_limits()));
    const Node* const root = TRY(root_of(*document, path));
    const Node* on = root->find("on");
    if (on == nullptr) on = root->find("true");  // as YAML 1.1 would write it
    if (on == nullptr)
        return std::unexpected(
            fault(*root, "the workflow has no `on`, so nobody knows when it runs"));
    Pipeline pipeline{.path = path, .runs = triggers_of(*on, refs), .steps = {}, .elsewhere = {}};
    Reading reading{.refs = refs, .steps = {}};
    const Node* const jobs = root->find("jobs");
    for (std::size_t at = 0; jobs != nullptr && at < jobs->pairs.size(); ++at) {
        const yaml::Pair& job = jobs->pairs[at];
        const Runs runs = holds(job.value->find("if"), refs);
        // A job that is another workflow.
        TRY(reading.add(
            *job.value, job.key->text,
            {.on_tag = Answer::yes, .on_release = Answer::yes, .on_branch = Answer::yes}));
        const Node* const steps = job.value->find("steps");
        if (steps == nullptr) continue;
        for (const Node* const step : steps->items) TRY(reading.add(*step, job.key->text, runs));
    }
    pipeline.steps = std::move(reading.steps);
    return pipeline;
}

Result<std::vector<Step>> parse_github_action(const std::string& path, Blob text,
                                              const Refs& refs) {
    const auto document =
        TRY(yaml::Document::parse(path, std::move(text), yaml::Dialect::resource, file_limits()));
    const Node* const root = TRY(root_of(*document, path));
    const Node* const runs = root->find("runs");
    const Node* const steps = runs == nullptr ? nullptr : runs->find("steps");
    const Runs always{.on_tag = Answer::yes, .on_release = Answer::yes, .on_branch = Answer::yes};
    Reading reading{.refs = refs, .steps = {}};
    if (steps == nullptr) {
        Step opaque;
        opaque.at = root->mark.location();
        opaque.runs = always;
        opaque.uses = path;
        reading.steps.push_back(std::move(opaque));
        return std::move(reading.steps);
    }
    for (const Node* const step : steps->items) TRY(reading.add(*step, {}, always));
    return std::move(reading.steps);
}

}  // namespace lockstep::ci
