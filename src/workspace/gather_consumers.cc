#include "workspace/gather_consumers.h"

#include <algorithm>
#include <span>

#include "consumers/read_pins.h"
#include "git/remote.h"
#include "git/repository.h"
#include "git/work_tree.h"
#include "manifest/remote_url.h"
#include "os/directory.h"
#include "os/file.h"
#include "workspace/consumed_projects.h"

namespace lockstep::workspace {

namespace {

using consumers::Form;
using consumers::Pin;
using consumers::SeenRelease;
using consumers::Source;

Result<consumers::Found> read_tree(const ConsumersRequest& request) {
    auto repository =
        git::Repository::open(request.directory, {.offline = request.options.offline});
    if (!repository) {
        const bool is_plain = repository.error().kind == Error::Kind::not_found &&
                              os::is_directory(request.directory);
        if (!is_plain || request.ref) return std::unexpected<Error>(repository.error());
        const auto files = TRY(os::Directory::open(request.directory, {.hidden = {".git"}}));
        return consumers::read_pins(*files);
    }
    if (request.ref) {
        const git::Commit commit = TRY(repository->resolve(*request.ref));
        return consumers::read_pins(*repository->tree(commit.tree), repository->prefix());
    }
    if (!repository->work_tree())
        return fail(Error::Kind::usage,
                    "`" + request.directory + "` is a bare repository: it has no work tree",
                    "name a revision: --ref main");
    const auto files = TRY(git::WorkTree::open(*repository));
    return consumers::read_pins(*files, repository->prefix());
}

bool is_in_git(const Pin& pin) {
    return pin.source == Source::kustomize || pin.source == Source::flux_git ||
           pin.source == Source::argo_git;
}

bool needs_release(const Pin& pin) {
    return pin.form == Form::tag || pin.form == Form::named || pin.form == Form::commit;
}

/// Where each project is that the user named.
class Projects {
  public:
    Projects(const Options& options) : remote_(options) {}

    Result<void> add(const std::string& named, const Options& options) {
        if (os::is_directory(named)) {
            local_.push_back(
                TRY(LocalProject::open(named, options), "the project `" + named + "`"));
            return {};
        }
        auto url = git::parse_remote_url(named);
        if (!url || !*url)
            return fail(Error::Kind::usage,
                        "`" + named + "` is neither a directory nor a URL of a repository",
                        "--project ../kite, or --project https://host/owner/repo");
        urls_.push_back(named);
        return {};
    }

    SeenRelease find(const Pin& pin) {
        for (const LocalProject& project : local_)
            if (project.publishes(pin)) return project.find(pin);
        if (const std::string* const url = url_of(pin)) return remote_.find(pin, *url);
        if (is_in_git(pin) && !pin.url.empty()) return remote_.find(pin, pin.url);
        return {.state = SeenRelease::State::unknown,
                .reason = "what is published at `" + pin.url +
                          "` is not asked; --project names the repository that it comes from"};
    }

    /// Says of each clone that was named and that nobody pins why that may be.
    std::vector<std::string> unused(std::span<const Pin> pins) const {
        std::vector<std::string> notices;
        for (const LocalProject& project : local_)
            if (std::ranges::none_of(pins, [&](const Pin& pin) { return project.publishes(pin); }))
                notices.push_back(
                    "nothing pins `" + project.path() + "`, which is " +
                    (project.repository().empty()
                         ? "a clone without a remote: where it is published is unknown"
                         : "a clone of " + project.repository()));
        return notices;
    }

  private:
    /// A repository that was named, for what it publishes: by its URL, or by the chart's name.
    const std::string* url_of(const Pin& pin) const {
        const auto found = std::ranges::find_if(urls_, [&](const std::string& url) {
            const auto remote = manifest::parse_remote_url(url);
            const std::string name = remote ? remote->repository : url;
            return !pin.chart.empty() ? file_name(name) == pin.chart
                                      : remote && remote->repository == pin.repository;
        });
        return found == urls_.end() ? nullptr : &*found;
    }

    std::vector<LocalProject> local_;
    std::vector<std::string> urls_;
    RemoteProjects remote_;
};

}  // namespace

Result<GatheredConsumers> gather_consumers(const ConsumersRequest& request) {
    GatheredConsumers gathered;
    gathered.found = TRY(read_tree(request));
    Projects projects(request.options);
    for (const std::string& named : request.projects) TRY(projects.add(named, request.options));
    std::size_t done = 0;
    for (const Pin& pin : gathered.found.pins) {
        if (request.options.progress)
            request.options.progress(++done, gathered.found.pins.size(), pin.repository);
        const std::string key = consumers::key_of(pin);
        if (!needs_release(pin) || gathered.releases.contains(key)) continue;
        const bool is_too_much = gathered.releases.size() >= consumed_releases_max;
        gathered.releases.emplace(
            key, is_too_much
                     ? SeenRelease{.reason = "more than " + std::to_string(consumed_releases_max) +
                                             " releases are pinned; it was not looked at"}
                     : projects.find(pin));
    }
    gathered.notices = projects.unused(gathered.found.pins);
    return gathered;
}

}  // namespace lockstep::workspace
