#include "release/doctor_pipelines.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ci/image_push.h"

namespace lockstep::release {

namespace {

using ci::Answer;
using ci::Pipeline;
using ci::Pipelines;
using ci::Step;
using Outcome = Check::Outcome;
using Event = ci::Situation::Event;

constexpr std::string_view heads = "refs/heads/";
constexpr std::size_t listed_max = 5;

std::string place(const Location& at) {
    return to_string(Location{.path = at.path, .line = at.line, .column = 0});
}

/// "a; b", cut after a few.
std::string listed(const std::vector<std::string>& texts) {
    std::string all;
    for (std::size_t at = 0; at < std::min(texts.size(), listed_max); ++at)
        all += (at == 0 ? "" : "; ") + texts[at];
    if (texts.size() > listed_max)
        all += "; and " + std::to_string(texts.size() - listed_max) + " more";
    return all;
}

bool is_github(const Pipeline& pipeline) {
    return pipeline.path.starts_with(".github/");
}

/// Whether a step runs when the tag is pushed, or a release of the forge published for it.
Answer runs(const Pipeline& pipeline, const Step& step, Event event) {
    if (event == Event::tag) return both(pipeline.runs.on_tag, step.runs.on_tag);
    if (event == Event::release) return both(pipeline.runs.on_release, step.runs.on_release);
    return both(pipeline.runs.on_branch, step.runs.on_branch);
}

/// What pushes images for a tag, surely or perhaps.
struct TagPushes {
    std::vector<std::string> certain, perhaps;

    void add(std::vector<std::string>& to, std::string text) {
        // A tag and its release may start the same step.
        const bool is_known = std::ranges::find(certain, text) != certain.end() ||
                              std::ranges::find(to, text) != to.end();
        if (!is_known) to.push_back(std::move(text));
    }
    void look_at(const Pipeline& pipeline, const ci::Refs& refs) {
        for (const Event event : {Event::tag, Event::release})
            for (const Step& step : pipeline.steps)
                look_at(step, runs(pipeline, step, event), {.event = event, .ref = refs.tag});
        if (pipeline.runs.on_tag == Answer::no && pipeline.runs.on_release == Answer::no) return;
        for (const Pipeline::Elsewhere& each : pipeline.elsewhere)
            add(perhaps, place(each.at) + ' ' + each.what);
    }

  private:
    void look_at(const Step& step, Answer is_run, const ci::Situation& situation) {
        if (is_run == Answer::no || runs_lockstep(step)) return;
        for (const ci::Push& push : pushes_of(step, situation)) {
            const bool is_certain = is_run == Answer::yes && push.kind == ci::Push::Kind::certain;
            add(is_certain ? certain : perhaps, place(push.at) + ' ' + push.what);
        }
    }
    /// lockstep itself publishes the digest that it released, and no other.
    static bool runs_lockstep(const Step& step) { return step.uses.contains("lockstep"); }
};

/// Where a step begins or resumes a release with lockstep.
std::optional<Location> releases_at(const Step& step) {
    const auto commands = ci::shell_commands(step.script);
    for (const char* const verb : {"start", "resume"}) {
        if (const auto* const found = ci::find_command(commands, {"lockstep", "release", verb}))
            return place_of(step, *found);
        if (const auto* const found = ci::find_command(commands, {"release.sh", verb}))
            return place_of(step, *found);
    }
    const auto command = step.with.find("command");
    const bool is_start =
        command != step.with.end() && (command->second == "start" || command->second == "resume");
    if (step.uses.contains("lockstep") && is_start) return step.at;
    return std::nullopt;
}

/// Whether the job checks out with a token or key of its own, by which it pushes then.
bool has_own_token(const Pipeline& pipeline, const std::string& job) {
    return std::ranges::any_of(pipeline.steps, [&](const Step& step) {
        if (step.job != job || !step.uses.starts_with("actions/checkout")) return false;
        const auto token = step.with.find("token");
        const bool is_own = token != step.with.end() && !token->second.empty() &&
                            !token->second.contains("github.token") &&
                            !token->second.contains("GITHUB_TOKEN");
        return is_own || step.with.contains("ssh-key");
    });
}

bool is_external(const project::Image& image) {
    return image.build.driver == project::Build::Driver::external;
}

/// Files that wait for the push of a tag or of the candidate.
std::vector<std::string> waiting_for_pushes(const Pipelines& pipelines) {
    std::vector<std::string> paths;
    for (const Pipeline& pipeline : pipelines.all)
        if (is_github(pipeline) && pipeline.runs.on_tag != Answer::no)
            paths.push_back(pipeline.path);
    return paths;
}

Check check(std::string id, Outcome outcome, std::string what, std::string fix = {}) {
    return {
        .id = std::move(id), .outcome = outcome, .what = std::move(what), .fix = std::move(fix)};
}

}  // namespace

PipelineSight look_at_pipelines(const FileTree& tree, const ci::Refs& refs,
                                const std::string& candidate) {
    PipelineSight sight{.refs = refs,
                        .for_tag = ci::read_pipelines(tree, refs),
                        .candidate = candidate,
                        .for_candidate = {}};
    sight.for_candidate =
        candidate.starts_with(heads)
            ? ci::read_pipelines(tree, {.tag = refs.tag, .branch = candidate.substr(heads.size())})
            : sight.for_tag;
    return sight;
}

Check judge_second_digest(const Pipelines& pipelines, const ci::Refs& refs) {
    const std::string id = "second-digest";
    TagPushes pushes;
    for (const Pipeline& pipeline : pipelines.all) pushes.look_at(pipeline, refs);
    if (!pushes.certain.empty())
        return check(
            id, Outcome::problem,
            "CI pushes images for the tag " + refs.tag +
                ", so that it would come to stand for a second digest: " + listed(pushes.certain),
            "take the tag out of what starts it: the release has built and published the "
            "images by then; have CI build the candidate instead (`build: {external: "
            "true}`)");
    for (const Error& error : pipelines.unread) pushes.perhaps.push_back(to_string(error));
    if (!pushes.perhaps.empty())
        return check(
            id, Outcome::unknown,
            "what these do for the tag " + refs.tag + " cannot be seen: " + listed(pushes.perhaps),
            "see that none pushes an image under the tag");
    if (pipelines.all.empty())
        return check(id, Outcome::skipped,
                     "no workflow of GitHub and no pipeline of GitLab is here",
                     "see that other CI pushes no image when the tag appears");
    return check(id, Outcome::ok, "no CI file pushes an image for the tag " + refs.tag);
}

Check judge_external_build(const PipelineSight& sight, const project::Project& project) {
    const std::string id = "external-build";
    if (std::ranges::none_of(project.images, is_external))
        return check(id, Outcome::skipped, "no image is built by CI");
    const std::string fix =
        "set `release: {candidate: \"refs/heads/release-candidates/{tag}\"}` and start the build "
        "on pushes to `release-candidates/**`";
    if (!sight.for_candidate)
        return check(id, Outcome::unknown, to_string(sight.for_candidate.error()));
    const Pipelines& pipelines = *sight.for_candidate;
    if (pipelines.all.empty())
        return check(id, Outcome::unknown, "nothing here says which CI builds " + sight.candidate,
                     "see that it builds this ref and pushes to staging");
    if (!sight.candidate.starts_with(heads))
        return check(id, Outcome::problem,
                     "neither GitHub nor GitLab starts anything for " + sight.candidate +
                         ", so the release would wait for ever",
                     fix);
    Answer starts = Answer::no;
    for (const Pipeline& pipeline : pipelines.all) starts = either(starts, pipeline.runs.on_branch);
    if (starts == Answer::no)
        return check(id, Outcome::problem,
                     "no CI file starts on a push to " + sight.candidate.substr(heads.size()), fix);
    if (starts == Answer::unclear)
        return check(id, Outcome::unknown,
                     "whether CI starts on a push to " + sight.candidate.substr(heads.size()) +
                         " depends on what is not known here",
                     fix);
    return check(id, Outcome::ok, "CI starts on a push to " + sight.candidate.substr(heads.size()));
}

Check judge_token(const Pipelines& pipelines, const project::Project& project) {
    const std::string id = "ci-token";
    std::vector<std::string> places;
    bool is_releasing = false;
    for (const Pipeline& pipeline : pipelines.all)
        for (const Step& step : pipeline.steps) {
            const auto at = is_github(pipeline) ? releases_at(step) : std::nullopt;
            if (!at) continue;
            is_releasing = true;
            if (!has_own_token(pipeline, step.job)) places.push_back(place(*at));
        }
    if (!is_releasing)
        return check(id, Outcome::skipped, "no workflow of GitHub runs `lockstep release`");
    if (places.empty())
        return check(id, Outcome::ok, "releases are pushed with a token of their own");
    const std::string fix =
        "give actions/checkout of that job `token:` of a GitHub App or a personal access token";
    if (std::ranges::any_of(project.images, is_external))
        return check(id, Outcome::problem,
                     listed(places) +
                         " pushes with GITHUB_TOKEN, whose pushes start no workflow: "
                         "the build of the candidate would be waited for for ever",
                     fix);
    const std::vector<std::string> waiting = waiting_for_pushes(pipelines);
    if (waiting.empty())
        return check(id, Outcome::ok,
                     "no workflow waits for what " + listed(places) + " pushes with GITHUB_TOKEN");
    return check(id, Outcome::problem,
                 listed(places) + " pushes with GITHUB_TOKEN, whose pushes start no workflow: " +
                     listed(waiting) + " would not run for the tag",
                 fix);
}

Check judge_tests(const Pipelines& pipelines) {
    const std::string id = "ci-tests";
    const std::vector<std::vector<std::string_view>> renders = {
        {"lockstep", "verify"}, {"lockstep", "audit"},    {"lockstep", "render"},
        {"kustomize", "build"}, {"kubectl", "kustomize"}, {"kubectl", "apply", "-k"},
        {"helm", "template"},   {"release.sh", "verify"}};
    for (const Pipeline& pipeline : pipelines.all)
        for (const Step& step : pipeline.steps) {
            const auto commands = ci::shell_commands(step.script);
            for (const auto& words : renders)
                if (const auto* const found = ci::find_command(commands, words))
                    return check(id, Outcome::ok,
                                 place(place_of(step, *found)) + " runs `" + std::string(words[0]) +
                                     ' ' + std::string(words[1]) + '`');
        }
    return check(id, Outcome::skipped,
                 "no CI file is seen to render or verify the files that a release edits",
                 "run `lockstep verify` on every change, so that they are known to be right before "
                 "a release edits them");
}

std::vector<Check> judge_pipelines(const PipelineSight& sight, const project::Project& project) {
    if (!sight.for_tag)
        return {check("second-digest", Outcome::unknown, to_string(sight.for_tag.error()))};
    return {judge_second_digest(*sight.for_tag, sight.refs), judge_external_build(sight, project),
            judge_token(*sight.for_tag, project), judge_tests(*sight.for_tag)};
}

}  // namespace lockstep::release
