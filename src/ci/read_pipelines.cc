#include "ci/read_pipelines.h"

#include <iterator>
#include <string>
#include <utility>

#include "ci/github_workflow.h"
#include "ci/gitlab_pipeline.h"
#include "ci/script_step.h"

namespace lockstep::ci {

namespace {

constexpr const char* workflows = ".github/workflows";
constexpr unsigned calls_max = 4;  // as deep as GitHub follows

bool is_yaml(std::string_view name) {
    return name.ends_with(".yml") || name.ends_with(".yaml");
}

Runs both(const Runs& one, const Runs& other) {
    return {.on_tag = ci::both(one.on_tag, other.on_tag),
            .on_release = ci::both(one.on_release, other.on_release),
            .on_branch = ci::both(one.on_branch, other.on_branch)};
}

class Reader {
  public:
    Reader(const FileTree& tree, const Refs& refs) : tree_(tree), refs_(refs) {}

    Result<Pipelines> read() {
        if (TRY(tree_.stat(workflows)).kind == FileTree::Kind::directory)
            for (const FileTree::Entry& entry : TRY(tree_.list(workflows)))
                if (is_yaml(entry.name))
                    TRY(add(std::string(workflows) + '/' + entry.name, parse_github_workflow));
        TRY(add(".gitlab-ci.yml", parse_gitlab_pipeline));
        return std::move(read_);
    }

  private:
    using Parse = Result<Pipeline> (*)(const std::string&, Blob, const Refs&);

    Result<void> add(const std::string& path, Parse parse) {
        FileTree::Found found = TRY(tree_.look(path));
        if (found.entry.kind == FileTree::Kind::absent) return {};
        if (found.entry.kind != FileTree::Kind::file) {
            read_.unread.push_back({.kind = Error::Kind::unsupported,
                                    .message = path + " is no file",
                                    .hint = {},
                                    .at = Location{path, 0, 0}});
            return {};
        }
        Result<Pipeline> pipeline = parse(path, std::move(found.bytes), refs_);
        if (!pipeline) {
            Error error = std::move(pipeline.error());
            if (!error.at) error.at = Location{path, 0, 0};
            read_.unread.push_back(std::move(error));
            return {};
        }
        pipeline->steps = TRY(with_calls(std::move(pipeline->steps), 0));
        read_.all.push_back(std::move(*pipeline));
        return {};
    }

    /// Steps that call what the tree holds, replaced by what they call.
    Result<std::vector<Step>> with_calls(std::vector<Step> steps, unsigned depth) {
        std::vector<Step> all;
        for (Step& step : steps) {
            auto called = TRY(called_by(step));
            if (!called || depth == calls_max) {
                all.push_back(std::move(step));
                continue;
            }
            for (Step& inner : *called) {
                inner.runs = both(inner.runs, step.runs);
                inner.job = step.job;
            }
            for (Step& inner : TRY(with_calls(std::move(*called), depth + 1))) {
                if (all.size() == steps_max) break;
                all.push_back(std::move(inner));
            }
        }
        return all;
    }

    /// Nothing where nothing of this tree is called, or it is not there or cannot be read: then the
    /// step itself stays, which says so.
    Result<std::optional<std::vector<Step>>> called_by(const Step& step) {
        if (!step.uses.starts_with("./")) return std::nullopt;
        const auto path = join_path("", step.uses);
        if (!path) return std::nullopt;
        const bool is_workflow = is_yaml(*path);
        for (const std::string& file :
             is_workflow ? std::vector{*path}
                         : std::vector{*path + "/action.yml", *path + "/action.yaml"}) {
            FileTree::Found found = TRY(tree_.look(file));
            if (found.entry.kind != FileTree::Kind::file) continue;
            if (!is_workflow) {
                auto steps = parse_github_action(file, std::move(found.bytes), refs_);
                if (steps) return std::move(*steps);
                continue;
            }
            auto pipeline = parse_github_workflow(file, std::move(found.bytes), refs_);
            if (pipeline) return std::move(pipeline->steps);
        }
        return std::nullopt;
    }

    const FileTree& tree_;
    const Refs& refs_;
    Pipelines read_;
};

}  // namespace

Result<Pipelines> read_pipelines(const FileTree& tree, const Refs& refs) {
    return Reader(tree, refs).read();
}

}  // namespace lockstep::ci
