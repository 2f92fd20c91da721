#include "os/environment.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lockstep::os {

std::optional<std::string> environment(std::string_view name) {
    const char* value = ::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return value;
}

Result<std::string> cache_directory() {
    const std::optional<std::string> xdg = environment("XDG_CACHE_HOME");
    if (xdg && xdg->starts_with('/')) return *xdg + "/lockstep";
    const std::optional<std::string> home = environment("HOME");
    if (home && home->starts_with('/')) return *home + "/.cache/lockstep";
    return fail(Error::Kind::not_found,
                "no place for a cache: neither XDG_CACHE_HOME nor HOME names a folder",
                "set XDG_CACHE_HOME to a folder that you may write to");
}

namespace {

bool is_program(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
           ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

Result<std::string> find_program(std::string_view name) {
    if (name.find('/') != std::string_view::npos) return std::string(name);
    const std::string path = environment("PATH").value_or("/usr/local/bin:/usr/bin:/bin");
    for (size_t begin = 0; begin <= path.size() && !name.empty();) {
        const size_t end = std::min(path.find(':', begin), path.size());
        std::string candidate = path.substr(begin, end - begin);
        begin = end + 1;
        if (!candidate.starts_with('/')) continue;
        candidate.append("/").append(name);
        if (is_program(candidate)) return candidate;
    }
    return fail(Error::Kind::not_found, "`" + std::string(name) + "` is not on PATH",
                "install it, or add its folder to PATH");
}

}  // namespace lockstep::os
