#include "cli/helm_program.h"

#include <algorithm>
#include <utility>

#include "cli/other_renderer.h"
#include "os/directory.h"
#include "os/environment.h"
#include "os/file.h"
#include "os/subprocess.h"
#include "os/write_tree.h"

namespace lockstep::cli {

namespace {

/// The line that says why; helm may print warnings before it and advice behind it.
std::string reason_in(const os::Captured& captured) {
    std::string_view said = captured.err;
    const std::size_t error = said.find("Error: ");
    if (error == std::string_view::npos) {
        std::string last = last_line(said);
        return last.empty() ? to_string(captured.exit) : last;
    }
    said.remove_prefix(error);
    return std::string(said.substr(0, std::min<std::size_t>(said.find('\n'), 1000)));
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "3" of "v3.16.4+g7877b45", behind whatever else is said; empty where no version is.
std::string_view major_version(std::string_view said) {
    for (std::size_t begin = 0; begin < said.size(); ++begin) {
        std::size_t end = begin;
        while (end < said.size() && is_digit(said[end])) ++end;
        const bool is_version =
            end > begin && end + 1 < said.size() && said[end] == '.' && is_digit(said[end + 1]);
        if (is_version) return said.substr(begin, end - begin);
        begin = end;
    }
    return {};
}

void add(std::vector<std::string>& arguments, const char* flag, const std::string& value) {
    if (value.empty()) return;
    arguments.emplace_back(flag);
    arguments.push_back(value);
}

/// In kustomize's order.
std::vector<std::string> template_arguments(const kustomize::ChartInflation& chart,
                                            const std::string& directory,
                                            const std::vector<std::string>& values) {
    std::vector<std::string> arguments = {
        "template", chart.release.empty() ? "--generate-name" : chart.release, directory};
    add(arguments, "--namespace", chart.space);
    add(arguments, "--name-template", chart.name_template);
    for (const std::string& file : values) add(arguments, "-f", file);
    for (const std::string& version : chart.api_versions) add(arguments, "--api-versions", version);
    add(arguments, "--kube-version", chart.kube_version);
    const std::pair<bool, const char*> switches[] = {{chart.include_crds, "--include-crds"},
                                                     {chart.skip_tests, "--skip-tests"},
                                                     {chart.skip_hooks, "--no-hooks"},
                                                     {chart.debug, "--debug"},
                                                     {chart.devel, "--devel"}};
    for (const auto& [is_on, flag] : switches)
        if (is_on) arguments.emplace_back(flag);
    return arguments;
}

}  // namespace

Result<void> HelmProgram::prepare() {
    if (!program_.empty()) return {};
    std::string program = TRY(os::find_program(command_), "--enable-helm needs helm");
    folder_ = TRY(os::TemporaryDirectory::make("lockstep-helm-"));
    program_ = std::move(program);
    const std::string said = TRY(run({"version", "--short"}, {}));
    const std::string_view major = major_version(said);
    if (major == "3" || major == "4") return {};
    return fail(
        Error::Kind::unavailable,
        "helm 3 or 4 is needed; `" + program_ + " version --short` says: " + last_line(said),
        "--helm-command names another one");
}

Result<std::string> HelmProgram::run(std::vector<std::string> arguments,
                                     const std::string& config_home) {
    const std::string home = config_home.empty() ? folder_->path() + "/helm" : config_home;
    const std::string doing = "`helm " + arguments.front() + "`";
    os::Command command{.argv = std::move(arguments)};
    command.argv.insert(command.argv.begin(), program_);
    command.set = {{"HELM_CONFIG_HOME", home},
                   {"HELM_CACHE_HOME", home + "/.cache"},
                   {"HELM_DATA_HOME", home + "/.data"}};
    os::Captured captured = TRY(os::run(command), doing);
    if (captured.exit.ok()) return std::move(captured.out);
    std::string reason = reason_in(captured);
    // The place of a copy means nothing to people.
    for (std::size_t at; (at = reason.find(folder_->path())) != std::string::npos;)
        reason.replace(at, folder_->path().size(), "…");
    return fail(Error::Kind::invalid, doing + " fails: " + reason);
}

Result<std::string> HelmProgram::place_of(const FileTree& tree) {
    if (&tree == on_disk_.tree && !on_disk_.root.empty())
        return on_disk_.root == "/" ? "" : on_disk_.root;
    for (std::size_t i = 0; i < pulled_.size(); ++i)
        if (pulled_[i].tree.get() == &tree)
            return folder_->path() + "/pulled-" + std::to_string(i + 1);
    if (&tree == on_disk_.tree && !home_.empty()) return home_;
    std::string folder = folder_->path() + "/tree-" + std::to_string(++written_);
    TRY(os::write_tree(tree, folder), "writing the tree that holds the chart");
    if (&tree == on_disk_.tree) home_ = folder;
    return folder;
}

Result<std::string> HelmProgram::inflate(const kustomize::ChartInflation& chart) {
    TRY(prepare());
    const std::string directory = TRY(place_of(chart.tree)) + "/" + chart.path;
    const std::string folder = folder_->path() + "/values-" + std::to_string(++written_);
    TRY(os::make_directories(folder));
    std::vector<std::string> values = {folder + "/" + chart.name + "-kustomize-values.yaml"};
    TRY(os::write_file(values.front(), chart.values));
    for (const Blob& more : chart.more_values) {
        values.push_back(folder + "/" + std::to_string(values.size()) + ".yaml");
        TRY(os::write_file(values.back(), *more));
    }
    return run(template_arguments(chart, directory, values), chart.config_home);
}

Result<kustomize::Remote> HelmProgram::pull(const kustomize::ChartSource& chart) {
    TRY(prepare());
    const std::string folder = folder_->path() + "/pulled-" + std::to_string(pulled_.size() + 1);
    TRY(os::make_directories(folder));
    std::vector<std::string> arguments = {"pull", "--untar", "--untardir", folder};
    if (chart.repo.starts_with("oci://")) {
        const std::string_view repo = chart.repo;
        arguments.push_back(
            std::string(repo.substr(0, repo.size() - (repo.ends_with('/') ? 1 : 0))) + "/" +
            chart.name);
    } else {
        add(arguments, "--repo", chart.repo);
        arguments.push_back(chart.name);
    }
    add(arguments, "--version", chart.version);
    if (chart.devel) arguments.emplace_back("--devel");
    TRY(run(std::move(arguments), chart.config_home), "the chart `" + chart.name + "`");
    pulled_.push_back({TRY(os::Directory::open(folder)), chart.name});
    return pulled_.back();
}

}  // namespace lockstep::cli
