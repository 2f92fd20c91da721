#include "project/read_release.h"

#include <span>
#include <string_view>

#include "project/checks.h"

namespace lockstep::project {

namespace {

constexpr std::string_view build_keys[] = {"command", "layout", "external", "timeLimit"};
constexpr std::string_view release_keys[] = {"remote",  "branches",  "mode",    "behind",
                                             "sign",    "candidate", "message", "changelog",
                                             "aliases", "addEntries"};

using Mode = Release::Mode;
using Behind = Release::Behind;
using Sign = Release::Sign;
constexpr Mode modes[] = {Mode::tag, Mode::digest};
constexpr Behind behinds[] = {Behind::merge, Behind::tag_only, Behind::fail};
constexpr Sign signs[] = {Sign::automatic, Sign::always, Sign::never};

/// "`tag` or `digest`"
template <typename Word, std::size_t count>
std::string listed(const Word (&words)[count]) {
    std::string text;
    for (std::size_t at = 0; at < count; ++at) {
        if (at > 0) text += at + 1 == count ? " or " : ", ";
        text.append("`").append(to_string(words[at])).append("`");
    }
    return text;
}

template <typename Word, std::size_t count>
Result<void> read_word(const std::optional<Item>& item, const Word (&words)[count], Word& word) {
    if (!item) return {};
    const std::string text = TRY(read_text(*item));
    for (const Word each : words) {
        if (text != to_string(each)) continue;
        word = each;
        return {};
    }
    return unexpected_value(*item, listed(words));
}

Result<void> read_into(const std::optional<Item>& item, Check fault, std::string& text) {
    if (item) text = TRY(read_text(*item, fault));
    return {};
}

Result<bool> read_boolean(const Item& item) {
    if (!item.node->is_scalar() || item.node->type != yaml::Type::boolean)
        return unexpected_type(item, "`true` or `false`");
    return item.node->text == "true" || item.node->text == "True" || item.node->text == "TRUE";
}

}  // namespace

Result<std::vector<std::string>> read_command(const Item& item) {
    if (item.node->is_scalar()) return std::vector<std::string>{"sh", "-c", TRY(read_text(item))};
    std::vector<std::string> words = TRY(read_texts(item));
    if (words.empty())
        return unexpected_value(item, "a program and its arguments, such as `[make, image]`");
    return words;
}

Result<Build> read_build(const Item& item) {
    TRY(check_mapping(item, build_keys));
    const std::optional<Item> command = child(item, "command");
    const std::optional<Item> layout = child(item, "layout");
    const std::optional<Item> external = child(item, "external");
    if (int{command.has_value()} + int{layout.has_value()} + int{external.has_value()} != 1)
        return fail(Error::Kind::usage,
                    "`" + item.name + "` must say one of `command`, `layout` and `external`",
                    "leave `build` out where a release does not build the image",
                    item.node->mark.location());
    Build build;
    if (command) {
        build.driver = Build::Driver::command;
        build.command = TRY(read_command(*command));
    } else if (layout) {
        build.driver = Build::Driver::layout;
        build.layout = TRY(read_text(*layout, fault_of_layout));
    } else {
        if (!TRY(read_boolean(*external))) return unexpected_type(*external, "`true`");
        build.driver = Build::Driver::external;
    }
    if (const std::optional<Item> limit = child(item, "timeLimit"))
        build.time_limit = duration_of(TRY(read_text(*limit, fault_of_duration)));
    return build;
}

Result<Release> read_release(const Item& item) {
    TRY(check_mapping(item, release_keys));
    Release release;
    TRY(read_into(child(item, "remote"), nullptr, release.remote));
    release.branches = TRY(read_texts(child(item, "branches")));
    TRY(read_word(child(item, "mode"), modes, release.mode));
    TRY(read_word(child(item, "behind"), behinds, release.behind));
    TRY(read_word(child(item, "sign"), signs, release.sign));
    TRY(read_into(child(item, "candidate"), fault_of_candidate, release.candidate));
    TRY(read_into(child(item, "message"), fault_of_message, release.message));
    TRY(read_into(child(item, "changelog"), fault_of_file, release.changelog));
    release.aliases = TRY(read_texts(child(item, "aliases"), fault_of_alias));
    if (const std::optional<Item> adds = child(item, "addEntries"))
        release.may_add_entries = TRY(read_boolean(*adds));
    return release;
}

std::string_view to_string(Mode mode) {
    return mode == Mode::tag ? "tag" : "digest";
}

std::string_view to_string(Behind behind) {
    if (behind == Behind::merge) return "merge";
    return behind == Behind::tag_only ? "tag-only" : "fail";
}

std::string_view to_string(Sign sign) {
    if (sign == Sign::automatic) return "auto";
    return sign == Sign::always ? "always" : "never";
}

std::string written(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    std::string text;
    if (seconds >= 3600) text += std::to_string(seconds / 3600) + 'h';
    if (seconds % 3600 >= 60) text += std::to_string(seconds % 3600 / 60) + 'm';
    if (seconds % 60 != 0) text += std::to_string(seconds % 60) + 's';
    return text;
}

}  // namespace lockstep::project
