#include "support/peer.h"

#include "os/environment.h"

namespace lockstep::testing {

std::optional<std::string> find_peer(std::string_view program) {
    if (auto path = os::find_program(program)) return *path;
    const auto cache = os::cache_directory();
    if (!cache) return std::nullopt;
    auto installed = os::find_program(*cache + "/tools/" + std::string(program));
    return installed ? std::optional(*installed) : std::nullopt;
}

std::string absent(std::string_view program) {
    return "`" + std::string(program) + "` is not installed";
}

}  // namespace lockstep::testing
