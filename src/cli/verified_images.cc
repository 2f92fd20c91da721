#include "cli/verified_images.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "verify/expectation.h"
#include "verify/named_images.h"

namespace lockstep::cli {

namespace {

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 10;
    std::string text;
    for (std::size_t at = 0; at < std::min(shown, names.size()); ++at)
        text += (at == 0 ? "`" : ", `") + names[at] + '`';
    if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
    return text;
}

/// Whether something of it could not be read, which is then said too.
bool has_gaps(const evidence::Tree& tree) {
    return !tree.gaps.empty() || std::ranges::any_of(tree.units, [](const auto& unit) {
        return !unit->facts.gaps.empty();
    });
}

std::string hint_for(const std::vector<std::string>& declared, const evidence::Tree& tree) {
    if (!declared.empty()) return "declared here: " + listed(declared);
    return has_gaps(tree) ? "mend first what could not be read: it may be named there"
                          : "no image is declared here: see that this is the right input, and not "
                            "empty";
}

manifest::Gap missing_image(const std::string& name, std::string hint) {
    return {.surface = manifest::Surface::yaml,
            .root = {},
            .error = {.kind = Error::Kind::not_found,
                      .message = "no image here is called `" + name + "`, so it was not checked",
                      .hint = std::move(hint),
                      .at = {}},
            .mentions = {},
            .is_demanded = true};
}

/// The history without what is judged: what was known before.
evidence::History known_before(const evidence::History& history) {
    evidence::History before = history;
    std::erase_if(before.releases,
                  [](const evidence::Release& release) { return !release.is_context; });
    return before;
}

}  // namespace

void take_named_images(const Options& options, Gathered& gathered) {
    if (options.images.empty()) return;
    verify::NamedImages named =
        verify::named_images(options.images, gathered.history, gathered.workspace.project());
    gathered.workspace.use_images(std::move(named.images));
    if (named.missing.empty()) return;
    const std::vector<std::string> declared = verify::declared_images(gathered.history);
    for (evidence::Release& release : gathered.history.releases) {
        if (release.is_context || !release.tree) continue;
        evidence::Tree tree = *release.tree;
        const std::string hint = hint_for(declared, tree);
        for (const std::string& name : named.missing)
            tree.gaps.push_back(missing_image(name, hint));
        release.tree = std::make_shared<const evidence::Tree>(std::move(tree));
    }
}

Result<void> check_images_known(Gathered& gathered) {
    const project::Project& project = gathered.workspace.project();
    const std::vector<std::string> declared = verify::declared_images(gathered.history);
    const evidence::History before = known_before(gathered.history);
    const verify::Background background(before, project);
    const bool is_known = std::ranges::any_of(declared, [&](const std::string& image) {
        return background.own.contains(image) || background.own.is_called_like_project(image);
    });
    if (is_known || declared.empty()) return {};
    return fail(
        Error::Kind::usage,
        "nothing says which image of standard input is meant: it declares " + listed(declared),
        "name it: lockstep verify --stdin --image NAME");
}

}  // namespace lockstep::cli
