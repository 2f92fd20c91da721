#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "ci/answer.h"

/// What CI is told to do by the files of a repository: GitHub's workflows and GitLab's pipelines.
/// Nothing is run, and only what these files say themselves is known.
namespace lockstep::ci {

/// The refs whose pushes are asked about: a release's tag and the branch it is made from.
struct Refs {
    std::string tag;     // "v1.2.0"
    std::string branch;  // "main"
};

/// On what something runs.
struct Runs {
    Answer on_tag = Answer::no;      // the tag is pushed
    Answer on_release = Answer::no;  // a release of the forge is published for it
    Answer on_branch = Answer::no;   // the branch is pushed

    bool operator==(const Runs&) const = default;
};

/// A step of a job: an action or a script.
struct Step {
    std::string job;   // the job's key
    Location at;       // of `uses` or of the script
    Runs runs;         // the job's and its own conditions
    std::string uses;  // "actions/checkout@v4", "./.github/workflows/build.yml"; empty: a script
    std::string script;
    unsigned script_line = 0;  // of its first line; 0: its lines are those of `at`
    std::map<std::string, std::string, std::less<>> with;  // scalars given to the action
};

/// One workflow, or all jobs of a .gitlab-ci.yml.
struct Pipeline {
    std::string path;
    Runs runs;  // whether it starts at all
    std::vector<Step> steps;
    /// Configuration that stands elsewhere and was not read, each where it is named.
    struct Elsewhere {
        Location at;
        std::string what;
    };
    std::vector<Elsewhere> elsewhere;
};

}  // namespace lockstep::ci
