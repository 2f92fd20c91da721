#include "manifest/gaps.h"

#include <string>
#include <utility>

#include "manifest/images.h"

namespace lockstep::manifest {

void add_limit_gap(Surface surface, std::string_view root, std::string_view path, Facts& facts) {
    if (facts.declarations.size() < declaration_limit) return;
    Error error{Error::Kind::invalid,
                "`" + std::string(path) + "` names " + std::to_string(declaration_limit) +
                    " images or versions or more; only the first were read",
                "leave it out by a path rule", Location{std::string(path)}};
    facts.gaps.push_back({surface, std::string(root), std::move(error), {}});
}

Error placed(Error error, std::string_view path) {
    if (!error.at) error.at = Location{std::string(path)};
    return error;
}

}  // namespace lockstep::manifest
