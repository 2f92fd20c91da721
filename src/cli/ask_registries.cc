#include "cli/ask_registries.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "images/layout.h"
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

/// Finds who answers for a reference: the layout that stands in place of its registry.
class Answerers {
  public:
    Answerers(const project::Project& project, const std::optional<std::string>& root)
        : project_(project), root_(root) {}

    Result<workspace::Answerer> find(const oci::Reference& reference) {
        const std::string name = reference.registry() + "/" + reference.path();
        const project::Registry* const entry = entry_for(name);
        if (entry != nullptr) return layout(*entry);
        return fail(Error::Kind::unavailable,
                    "`" + reference.registry() + "` was not asked: no layout stands in its place");
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
        const std::string folder = TRY(layout_folder(*root_, entry));
        auto layout = images::Layout::open(folder);
        // No layout is no answer: nothing is missing because of that.
        if (!layout && layout.error().kind == Error::Kind::not_found)
            layout.error().kind = Error::Kind::unavailable;
        return layout;
    }

    const project::Project& project_;
    const std::optional<std::string>& root_;
    std::map<std::string, Result<std::unique_ptr<images::Layout>>, std::less<>> layouts_;
};

}  // namespace

Result<void> ask_registries(workspace::Workspace& workspace, evidence::History& history,
                            const Options& options) {
    const verify::References references =
        verify::references_to_ask(history, workspace.project(), options.surfaces);
    Answerers answerers(workspace.project(), workspace.configuration_folder());
    history.images = workspace::ask_images(references.texts, [&](const oci::Reference& reference) {
        return answerers.find(reference);
    });
    workspace.add_commits(history);
    if (references.left_out > 0)
        history.notices.push_back(
            std::to_string(references.left_out) +
            " references of the oldest releases were not asked for: at most " +
            std::to_string(verify::references_max) + " are");
    return {};
}

}  // namespace lockstep::cli
