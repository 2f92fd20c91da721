#include "cli/ask_registries.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "cli/image_names.h"
#include "images/layout.h"
#include "images/stores.h"
#include "os/environment.h"
#include "verify/references.h"
#include "workspace/ask_images.h"

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
    stores.cache_directory = os::cache_directory().value_or("");
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

/// Finds who answers for a reference: the layout that stands in place of its registry, else the
/// registry.
class Answerers {
  public:
    Answerers(const project::Project& project, const std::optional<std::string>& root,
              const Options& options, Result<images::Stores>& stores)
        : project_(project), root_(root), options_(options), stores_(stores) {}

    Result<workspace::Answerer> find(const oci::Reference& reference) {
        const std::string name = reference.registry() + "/" + reference.path();
        if (const project::Registry* const entry = entry_for(name)) return layout(*entry);
        if (!stores_) return std::unexpected<Error>(stores_.error());
        // The name comes out of a repository, unless the user typed its host.
        const bool is_typed = std::ranges::find(options_.plain_http, reference.registry()) !=
                              options_.plain_http.end();
        using enum images::Stores::Trust;
        images::Store* const store = TRY(stores_->of(reference, is_typed ? user : repository));
        return workspace::Answerer{
            .store = store, .title = reference.registry(), .is_one_repository = false};
    }

  private:
    /// The longest name that has a layout.
    const project::Registry* entry_for(std::string_view name) const {
        const project::Registry* found = nullptr;
        for (const project::Registry& entry : project_.registries) {
            const bool holds = name == entry.name || name.starts_with(entry.name + "/");
            if (!entry.layout.empty() && holds &&
                (found == nullptr || entry.name.size() > found->name.size()))
                found = &entry;
        }
        return found;
    }

    Result<workspace::Answerer> layout(const project::Registry& entry) {
        auto known = layouts_.find(entry.name);
        if (known == layouts_.end()) known = layouts_.emplace(entry.name, opened(entry)).first;
        if (!known->second) return std::unexpected<Error>(known->second.error());
        return workspace::Answerer{.store = known->second->get(),
                                   .title = "oci:" + entry.layout,
                                   .is_one_repository = true};
    }

    Result<std::unique_ptr<images::Layout>> opened(const project::Registry& entry) const {
        if (!root_)
            return fail(Error::Kind::unavailable,
                        "the layout of `" + entry.name +
                            "` is named by a lockstep.yaml that was read out of Git",
                        "name the configuration with -c");
        return images::Layout::open(TRY(layout_folder(*root_, entry)));
    }

    const project::Project& project_;
    const std::optional<std::string>& root_;
    const Options& options_;
    Result<images::Stores>& stores_;
    std::map<std::string, Result<std::unique_ptr<images::Layout>>, std::less<>> layouts_;
};

}  // namespace

Result<void> ask_registries(workspace::Workspace& workspace, evidence::History& history,
                            const Options& options, AskRegistry asking) {
    const project::Project& project = workspace.project();
    const verify::References references =
        verify::references_to_ask(history, project, options.surfaces);
    if (references.left_out > 0)
        history.notices.push_back(
            std::to_string(references.left_out) +
            " references of the oldest releases were not asked for: at most " +
            std::to_string(verify::references_max) + " are");
    Result<images::Stores> stores =
        images::Stores::open(reaching(project, options, asking, history.notices));
    if (!stores && asking == AskRegistry::require)
        return std::unexpected<Error>(std::move(stores.error()));
    Answerers answerers(project, workspace.configuration_folder(), options, stores);
    history.images = workspace::ask_images(references.texts, [&](const oci::Reference& reference) {
        return answerers.find(reference);
    });
    workspace.add_commits(history);
    return {};
}

}  // namespace lockstep::cli
