#include "kustomize/key_values.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "kustomize/data_value.h"

namespace lockstep::kustomize {

namespace {

// kustomize's scanner of env files stops, without a word, at a line that does not fit its buffer.
constexpr std::size_t scanner_buffer = 64u * 1024;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::unexpected<Error> invalid(const Text& at, std::string message) {
    return fail(Error::Kind::invalid, std::move(message), {}, at.mark.location());
}

std::string_view without_leading_space(std::string_view text) {
    // What Unicode calls white space, as UTF-8.
    constexpr std::array<std::string_view, 25> spaces = {" ",
                                                         "\t",
                                                         "\n",
                                                         "\v",
                                                         "\f",
                                                         "\r",
                                                         "\xC2\x85",
                                                         "\xC2\xA0",
                                                         "\xE1\x9A\x80",
                                                         "\xE2\x80\x80",
                                                         "\xE2\x80\x81",
                                                         "\xE2\x80\x82",
                                                         "\xE2\x80\x83",
                                                         "\xE2\x80\x84",
                                                         "\xE2\x80\x85",
                                                         "\xE2\x80\x86",
                                                         "\xE2\x80\x87",
                                                         "\xE2\x80\x88",
                                                         "\xE2\x80\x89",
                                                         "\xE2\x80\x8A",
                                                         "\xE2\x80\xA8",
                                                         "\xE2\x80\xA9",
                                                         "\xE2\x80\xAF",
                                                         "\xE2\x81\x9F",
                                                         "\xE3\x80\x80"};
    for (;;) {
        const auto space = std::find_if(spaces.begin(), spaces.end(), [&](std::string_view one) {
            return text.starts_with(one);
        });
        if (space == spaces.end()) return text;
        text.remove_prefix(space->size());
    }
}

Result<void> add_env_line(std::string_view line, const Text& entry, std::vector<KeyValue>& into) {
    if (!is_utf8(line))
        return invalid(entry,
                       "`" + std::string(entry.value) + "` has invalid utf8 bytes in a line");
    line = without_leading_space(line);
    if (line.empty() || line.front() == '#') return {};
    const std::size_t equals = line.find('=');
    const std::string_view key = line.substr(0, equals);
    if (key.empty()) return {};
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : line.substr(equals + 1);
    into.push_back({key, value, entry.mark});
    return {};
}

Result<void> add_env_file(std::string_view text, const Text& entry, std::vector<KeyValue>& into) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.size() >= scanner_buffer) return {};
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        TRY(add_env_line(line, entry, into));
    }
    return {};
}

std::string_view without_quotes(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                        (text.front() == '"' || text.front() == '\'');
    return quoted ? text.substr(1, text.size() - 2) : text;
}

Result<KeyValue> literal(const Text& entry) {
    const std::size_t equals = entry.value.find('=');
    if (equals == 0 || equals == std::string_view::npos)
        return invalid(
            entry, "invalid literal source `" + std::string(entry.value) + "`, expected key=value");
    return KeyValue{entry.value.substr(0, equals), without_quotes(entry.value.substr(equals + 1)),
                    entry.mark};
}

/// The last part of a path, without slashes behind it.
std::string_view base_name(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path.empty() ? "." : file_name(path);
}

struct FileSource {
    std::string_view key, path;
};

Result<FileSource> file_source(const Text& entry) {
    const std::string_view text = entry.value;
    const auto equals = std::count(text.begin(), text.end(), '=');
    if (equals == 0) return FileSource{base_name(text), text};
    if (equals > 1 || text.starts_with('=') || text.ends_with('='))
        return invalid(
            entry, "the file source `" + std::string(text) +
                       "` is not of the form path or key=path: key name or file path contains `=`");
    const std::size_t at = text.find('=');
    return FileSource{text.substr(0, at), text.substr(at + 1)};
}

/// The text of a file; the arena keeps it alive.
Result<std::string_view> read_file(Build& build, const Loader& loader, const Text& entry,
                                   std::string_view path) {
    Result<File> file = loader.load(path);
    if (!file.has_value()) {
        Error error = std::move(file).error();
        if (!error.at) error.at = entry.mark.location();
        return std::unexpected(std::move(error));
    }
    build.arena().keep(file->text);
    return std::string_view(*file->text);
}

Result<void> check_distinct(const Generator& generator, const std::vector<KeyValue>& pairs) {
    std::unordered_set<std::string_view> keys;
    for (const KeyValue& pair : pairs)
        if (!keys.insert(pair.key).second)
            return fail(Error::Kind::invalid,
                        "`" + std::string(generator.name.value) + "` repeats the key `" +
                            std::string(pair.key) + "`",
                        {}, pair.mark.location());
    return {};
}

}  // namespace

Result<std::vector<KeyValue>> read_key_values(Build& build, const Loader& loader,
                                              const Generator& generator) {
    std::vector<KeyValue> pairs;
    for (const Text& entry : generator.envs) {
        const std::string_view text = TRY(read_file(build, loader, entry, entry.value));
        TRY(add_env_file(text, entry, pairs));
    }
    for (const Text& entry : generator.literals) pairs.push_back(TRY(literal(entry)));
    for (const Text& entry : generator.files) {
        const FileSource source = TRY(file_source(entry));
        const std::string_view text = TRY(read_file(build, loader, entry, source.path));
        pairs.push_back({source.key, text, entry.mark});
    }
    TRY(check_distinct(generator, pairs));
    return pairs;
}

}  // namespace lockstep::kustomize
