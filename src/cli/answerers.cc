#include "cli/answerers.h"

#include <algorithm>

#include "cli/image_names.h"
#include "os/environment.h"

namespace lockstep::cli {

namespace {

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
                     AskRegistry asking, Layouts::Use use)
    : project_(workspace.project()),
      options_(options),
      layouts_(project_.registries, workspace.configuration_folder(), use),
      stores_(images::Stores::open(reaching(project_, options, asking, notices_))) {}

Result<workspace::Answerer> Answerers::find(const oci::Reference& reference) {
    if (const project::Registry* const entry = layouts_.entry_for(reference))
        return workspace::Answerer{.store = TRY(layouts_.open(*entry)),
                                   .title = "oci:" + entry->layout,
                                   .is_one_repository = true};
    if (!stores_) return std::unexpected<Error>(stores_.error());
    // The name comes out of a repository, unless the user typed its host.
    const bool is_typed =
        std::ranges::find(options_.plain_http, reference.registry()) != options_.plain_http.end();
    using enum images::Stores::Trust;
    images::Store* const store = TRY(stores_->of(reference, is_typed ? user : repository));
    return workspace::Answerer{
        .store = store, .title = reference.registry(), .is_one_repository = false};
}

}  // namespace lockstep::cli
