#include "cli/release_setting.h"

#include <unistd.h>

#include <array>
#include <ctime>
#include <utility>

#include "cli/answerers.h"
#include "cli/image_names.h"
#include "cli/version.h"
#include "os/environment.h"
#include "workspace/configuration.h"

namespace lockstep::cli {

namespace {

std::string host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return "unknown";
    return name.data();
}

Result<Layouts> layouts_of(const Options& options) {
    if (!options.configuration) return Layouts({}, std::nullopt, Layouts::Use::write);
    const project::Project project = TRY(workspace::read_configuration(*options.configuration));
    const std::string_view folder = parent_path(*options.configuration);
    const bool is_absolute = options.configuration->starts_with('/');
    return Layouts(project.registries,
                   !folder.empty() ? std::string(folder)
                   : is_absolute   ? "/"
                                   : ".",
                   Layouts::Use::write);
}

/// Who releases a project trusts its configuration: it says which programs are run.
Options trusting(Options options) {
    options.allow_private = true;
    // What is published is read back, never out of a cache.
    options.registry_cache = std::chrono::milliseconds(0);
    return options;
}

}  // namespace

std::string runner_name() {
    std::string user = os::environment("USER").value_or("");
    if (user.empty()) user = "uid " + std::to_string(getuid());
    std::string name = user + '@' + host_name();
    // What leads to the log of a build machine.
    if (const auto run = os::environment("GITHUB_RUN_ID")) name += " (run " + *run + ')';
    if (const auto job = os::environment("CI_JOB_ID")) name += " (job " + *job + ')';
    return name;
}

ReleaseSetting::ReleaseSetting(const Options& options, release::Observer& observer,
                               images::Stores stores, Layouts layouts)
    : options_(trusting(options)), stores_(std::move(stores)), layouts_(std::move(layouts)) {
    setting_.directory = options.directory;
    setting_.configuration = options.configuration;
    if (const auto cache = os::cache_directory()) setting_.cache_directory = *cache;
    setting_.tool = "lockstep " + std::string(tool_version());
    setting_.runner = runner_name();
    setting_.now = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
    setting_.store = [this](const oci::Reference& reference) { return store(reference); };
    setting_.answerers = [this](const workspace::Workspace& workspace) -> workspace::FindAnswerer {
        auto answerers = std::make_shared<Answerers>(workspace, options_, AskRegistry::require,
                                                     Layouts::Use::write);
        return [answerers](const oci::Reference& reference) { return answerers->find(reference); };
    };
    setting_.observer = &observer;
}

Result<images::Store*> ReleaseSetting::store(const oci::Reference& reference) {
    if (const project::Registry* const entry = layouts_.entry_for(reference))
        return TRY(layouts_.open(*entry));
    return stores_.to_write(reference);
}

Result<std::unique_ptr<ReleaseSetting>> ReleaseSetting::open(const Options& options,
                                                             release::Observer& observer) {
    // Only where the user put layouts in place of registries is anything written into them.
    Layouts layouts = TRY(layouts_of(options));
    auto stores = TRY(images::Stores::open(stores_options(trusting(options))));
    std::unique_ptr<ReleaseSetting> setting(
        new ReleaseSetting(options, observer, std::move(stores), std::move(layouts)));
    setting->releaser_.emplace(TRY(release::Releaser::open(setting->setting_, options.remote)));
    return setting;
}

}  // namespace lockstep::cli
