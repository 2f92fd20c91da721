#include "cli/answerers.h"

#include <algorithm>
#include <filesystem>

#include "cli/image_names.h"
#include "os/environment.h"

namespace lockstep::cli {
namespace {

namespace fs = std::filesystem;

/// The folder of a layout. It must lie below the configuration's, also behind symbolic links: who
/// writes lockstep.yaml may be a stranger.
Result<std::string> layout_folder(const std::string& root, const project::Registry& registry) {
    const std::string named = root + "/" + registry.layout;
    std::error_code failed;
    const fs::path top = fs::canonical(root, failed);
    const fs::path folder = failed ? fs::path() : fs::canonical(named, failed);
    if (failed)
        return fail(Error::Kind::unavailable,
                    "the layout of `" + registry.name + "`, `" + named + "`, is not there");
    if (std::mismatch(top.begin(), top.end(), folder.begin(), folder.end()).first != top.end())
        return fail(Error::Kind::denied, "the layout of `" + registry.name + "`, `" + named +
                                             "`, leads out of `" + root + "`");
    return folder.string();
}

/// A mirror that the user did not say speaks http is not asked in the clear because a repository's
/// configuration says so.
bool is_refused(const std::string& mirror, const Options& options) {
    constexpr std::string_view scheme = "http://";
    if (!mirror.starts_with(scheme)) return false;
    const std::string host =
        mirror.substr(scheme.size(), mirror.find('/', scheme.size()) - scheme.size());
    return std::ranges::find(options.plain_http, host) == options.plain_http.end();
}

images::StoresOptions reaching(const project::Project& project, const Options& options,
                               AskRegistry asking, std::vector<std::string>& notices) {
    images::StoresOptions stores = stores_options(options);
    if (const Result<std::string> cache = os::cache_directory())
        stores.cache_directory = *cache + "/answers";
    stores.tag_age_max = std::chrono::duration_cast<std::chrono::seconds>(options.registry_cache);
    if (asking == AskRegistry::automatic) {
        // Nobody waits long for an answer that was not demanded.
        stores.http.tries = 2;
        stores.http.connect_timeout = std::chrono::seconds(5);
        stores.http.exchange_timeout = std::chrono::seconds(20);
    }
    for (const project::Registry& entry : project.registries) {
        for (const std::string& mirror : entry.mirrors) {
            if (is_refused(mirror, options))
                notices.push_back("mirror `" + mirror + "` of `" + entry.name +
                                  "` speaks http and is not asked; --plain-http allows it");
            else
                stores.mirrors[entry.name].push_back(mirror);
        }
    }
    return stores;
}

}  // namespace

Answerers::Answerers(const workspace::Workspace& workspace, const Options& options,
                     AskRegistry asking)
    : project_(workspace.project()),
      root_(workspace.configuration_folder()),
      options_(options),
      stores_(images::Stores::open(reaching(project_, options, asking, notices_))) {}

Result<workspace::Answerer> Answerers::find(const oci::Reference& reference) {
    const std::string name = reference.registry() + "/" + reference.path();
    if (const project::Registry* const entry = entry_for(name)) return layout(*entry);
    if (!stores_) return std::unexpected<Error>(stores_.error());
    // The name comes out of a repository, unless the user typed its host.
    const bool is_typed =
        std::ranges::find(options_.plain_http, reference.registry()) != options_.plain_http.end();
    using enum images::Stores::Trust;
    images::Store* const store = TRY(stores_->of(reference, is_typed ? user : repository));
    return workspace::Answerer{
        .store = store, .title = reference.registry(), .is_one_repository = false};
}

/// The longest name that has a layout.
const project::Registry* Answerers::entry_for(std::string_view name) const {
    const project::Registry* found = nullptr;
    for (const project::Registry& entry : project_.registries) {
        const bool holds = name == entry.name || name.starts_with(entry.name + "/");
        if (!entry.layout.empty() && holds &&
            (found == nullptr || entry.name.size() > found->name.size()))
            found = &entry;
    }
    return found;
}

Result<workspace::Answerer> Answerers::layout(const project::Registry& entry) {
    auto known = layouts_.find(entry.name);
    if (known == layouts_.end()) known = layouts_.emplace(entry.name, opened(entry)).first;
    if (!known->second) return std::unexpected<Error>(known->second.error());
    return workspace::Answerer{
        .store = known->second->get(), .title = "oci:" + entry.layout, .is_one_repository = true};
}

Result<std::unique_ptr<images::Layout>> Answerers::opened(const project::Registry& entry) const {
    if (!root_)
        return fail(Error::Kind::unavailable,
                    "the layout of `" + entry.name +
                        "` is named by a lockstep.yaml that was read out of Git",
                    "name the configuration with -c");
    return images::Layout::open(TRY(layout_folder(*root_, entry)));
}

}  // namespace lockstep::cli
