#include "cli/ask_registries.h"

#include <algorithm>
#include <iterator>

#include "cli/answerers.h"
#include "verify/references.h"

namespace lockstep::cli {

Result<void> ask_registries(workspace::Workspace& workspace, evidence::History& history,
                            const Options& options, AskRegistry asking,
                            std::span<const std::string> more) {
    const project::Project& project = workspace.project();
    verify::References references = verify::references_to_ask(history, project, options.surfaces);
    references.texts.insert(references.texts.end(), more.begin(), more.end());
    if (references.left_out > 0)
        history.notices.push_back(
            std::to_string(references.left_out) +
            " references of the oldest releases were not asked for: at most " +
            std::to_string(verify::references_max) + " are");
    Answerers answerers(workspace, options, asking);
    if (!answerers.stores() && asking == AskRegistry::require)
        return std::unexpected<Error>(answerers.stores().error());
    std::ranges::copy(answerers.notices(), std::back_inserter(history.notices));
    history.images = workspace::ask_images(references.texts, [&](const oci::Reference& reference) {
        return answerers.find(reference);
    });
    workspace.add_commits(history);
    return {};
}

}  // namespace lockstep::cli
