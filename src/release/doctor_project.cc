#include "release/doctor_project.h"

#include <algorithm>

namespace lockstep::release {

namespace {

using Outcome = Check::Outcome;

Check problem(std::string id, std::string what, std::string fix) {
    return {.id = std::move(id),
            .outcome = Outcome::problem,
            .what = std::move(what),
            .fix = std::move(fix)};
}

/// The names of these images, with commas.
std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

Check judge_images(const project::Project& project) {
    if (project.images.empty())
        return problem("build", project.source + " names no image",
                       "list the images that the project publishes under `images`, each with "
                       "`build`");
    std::vector<std::string> unbuilt, names;
    for (const project::Image& image : project.images) {
        names.push_back(image.name);
        if (image.build.driver == project::Build::Driver::none) unbuilt.push_back(image.name);
    }
    if (!unbuilt.empty())
        return problem("build", "nothing says how these are built: " + listed(unbuilt),
                       "give each `build: {command: …}`, `{layout: …}` or `{external: true}`");
    return {.id = "build",
            .outcome = Outcome::ok,
            .what = project.source + " says how to build " + listed(names),
            .fix = {}};
}

}  // namespace

std::vector<Check> judge_configuration(const Result<project::Project>& project) {
    if (!project)
        return {problem("configuration", to_string(project.error()), project.error().hint)};
    if (project->source.empty())
        return {problem("configuration", "the branch has no lockstep.yaml",
                        "`lockstep init` writes one from what the history shows; then push it")};
    return {{.id = "configuration",
             .outcome = Outcome::ok,
             .what = project->source + " is read from the branch",
             .fix = {}},
            judge_images(*project)};
}

Check judge_plan(const Result<Plan>& plan) {
    if (plan) {
        const State& state = plan->state;
        return {.id = "plan",
                .outcome = Outcome::ok,
                .what = plan->begun
                            ? state.tag + " was begun, and can be carried on"
                            : state.tag + " could be released: " +
                                  std::to_string(plan->edits.replacements()) + " edits in " +
                                  std::to_string(plan->edits.files.size()) + " files",
                .fix = {}};
    }
    const Error::Kind kind = plan.error().kind;
    const bool is_unseen = kind == Error::Kind::unavailable || kind == Error::Kind::internal;
    return {.id = "plan",
            .outcome = is_unseen ? Outcome::unknown : Outcome::problem,
            .what = to_string(plan.error()),
            .fix = plan.error().hint};
}

}  // namespace lockstep::release
