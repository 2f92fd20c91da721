#include "cli/typed_url.h"

namespace lockstep::cli {

Result<std::optional<git::RemoteUrl>> typed_url(std::string_view argument) {
    auto url = git::parse_remote_url(argument);
    if (!url) url.error().kind = Error::Kind::usage;
    return url;
}

bool names_directory(std::string_view text) {
    return text == "." || text == ".." || text.starts_with("./") || text.starts_with("../") ||
           text.starts_with('/');
}

}  // namespace lockstep::cli
