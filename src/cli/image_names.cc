#include "cli/image_names.h"

#include "os/file.h"

namespace lockstep::cli {

namespace {

constexpr std::size_t file_bytes_max = 64u << 20;

Result<std::string> read_names(const std::string& file) {
    if (file != "-") return os::read_file(file, file_bytes_max);
    return os::read_standard_input(file_bytes_max);
}

std::string_view trimmed(std::string_view line) {
    constexpr std::string_view blank = " \t\r";
    const std::size_t begin = line.find_first_not_of(blank);
    if (begin == std::string_view::npos) return {};
    return line.substr(begin, line.find_last_not_of(blank) + 1 - begin);
}

/// A line each; empty ones and those that begin with '#' are none.
Result<void> add_lines(const std::string& file, std::string_view text,
                       std::vector<images::Name>& names) {
    for (unsigned number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::string_view name = trimmed(line);
        if (name.empty() || name.starts_with('#')) continue;
        Result<images::Name> parsed = images::parse_name(name);
        if (!parsed) {
            parsed.error().at = Location{.path = file, .line = number, .column = 1};
            return std::unexpected(std::move(parsed.error()));
        }
        names.push_back(*std::move(parsed));
    }
    return {};
}

}  // namespace

images::StoresOptions stores_options(const Options& options) {
    return {.http = {.may_reach_private = options.allow_private},
            .plain_http = options.plain_http,
            .offline = options.offline};
}

Result<std::vector<images::Name>> named_images(const Options& options) {
    std::vector<images::Name> names;
    for (const std::string& text : options.names) names.push_back(TRY(images::parse_name(text)));
    if (options.names_file)
        TRY(add_lines(*options.names_file, TRY(read_names(*options.names_file)), names));
    if (names.empty())
        return fail(Error::Kind::usage, "no image is named",
                    "name one, or a file of them: lockstep image digest -f references.txt");
    return names;
}

}  // namespace lockstep::cli
