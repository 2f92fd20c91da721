#include "version/tag_pattern.h"

#include <algorithm>

#include "version/words.h"

namespace lockstep::version {

namespace {

constexpr std::size_t text_limit = 256;
constexpr std::size_t tag_limit = 1024;
constexpr std::string_view version_mark = "{version}";
constexpr std::string_view component_mark = "{component}";

std::unexpected<Error> bad(std::string_view pattern, const std::string& what) {
    return fail(
        Error::Kind::usage, "tag pattern `" + std::string(pattern) + "` " + what,
        "a pattern has {version} once, may have {component} once, and is literal otherwise: "
        "\"v{version}\", \"{component}/v{version}\"");
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size()))
        ++found;
    return found;
}

/// What is wrong with the braces of `text`; empty: nothing.
std::string fault_of_braces(std::string_view text) {
    while (true) {
        const std::size_t brace = text.find_first_of("{}");
        if (brace == std::string_view::npos) return {};
        if (text[brace] == '}') return "has a `}` that closes nothing";
        text.remove_prefix(brace);
        const std::size_t close = text.find_first_of("{}", 1);
        if (close == std::string_view::npos || text[close] == '{')
            return "has a `{` that is not closed";
        const std::string_view mark = text.substr(0, close + 1);
        if (mark != version_mark && mark != component_mark)
            return "names `" + std::string(mark) +
                   "`; only {version} and {component} have a meaning";
        text.remove_prefix(close + 1);
    }
}

/// Numbers beyond the third tell nothing more about where a version begins.
std::size_t weight(const Version& version) {
    return std::min<std::size_t>(version.number_count(), 3);
}

}  // namespace

Result<TagPattern> TagPattern::parse(std::string_view text) {
    if (text.size() > text_limit) return bad(text.substr(0, 32), "… has more than 256 characters");
    if (const std::string fault = fault_of_braces(text); !fault.empty()) return bad(text, fault);
    if (count(text, version_mark) == 0) return bad(text, "has no {version}");
    if (count(text, version_mark) > 1) return bad(text, "has {version} more than once");
    if (count(text, component_mark) > 1) return bad(text, "has {component} more than once");

    TagPattern pattern;
    pattern.text_ = text;
    const std::size_t version = text.find(version_mark);
    const std::size_t component = text.find(component_mark);
    if (component == std::string_view::npos) {
        pattern.before_ = text.substr(0, version);
        pattern.after_ = text.substr(version + version_mark.size());
        return pattern;
    }
    const bool component_first = component < version;
    pattern.order_ = component_first ? Order::component_first : Order::version_first;
    const std::size_t first = std::min(version, component);
    const std::size_t second = std::max(version, component);
    const std::size_t first_end = first + (component_first ? component_mark : version_mark).size();
    const std::size_t second_end =
        second + (component_first ? version_mark : component_mark).size();
    pattern.before_ = text.substr(0, first);
    pattern.between_ = text.substr(first_end, second - first_end);
    pattern.after_ = text.substr(second_end);
    return pattern;
}

std::optional<TagPattern::Match> TagPattern::match(std::string_view tag) const {
    if (tag.size() > tag_limit || tag.size() < before_.size() + after_.size() ||
        !tag.starts_with(before_) || !tag.ends_with(after_))
        return std::nullopt;
    const std::string_view middle =
        tag.substr(before_.size(), tag.size() - before_.size() - after_.size());
    if (order_ == Order::component_first) return match_component_first(middle);
    if (order_ == Order::version_first) return match_version_first(middle);
    Result<Version> version = Version::parse(middle);
    if (!version.has_value()) return std::nullopt;
    return Match{*std::move(version), {}};
}

std::optional<TagPattern::Match> TagPattern::match_component_first(std::string_view middle) const {
    std::optional<Match> best;
    for (std::size_t at = middle.find(between_, 1); at != std::string_view::npos;
         at = middle.find(between_, at + 1)) {
        const std::string_view rest = middle.substr(at + between_.size());
        if (rest.empty() || !is_digit(rest.front())) continue;
        if (between_.empty() && is_digit(middle[at - 1])) continue;  // inside a number
        Result<Version> version = Version::parse(rest);
        if (!version.has_value()) continue;
        if (!best || weight(*version) > weight(best->version))
            best = Match{*std::move(version), std::string(middle.substr(0, at))};
    }
    return best;
}

std::optional<TagPattern::Match> TagPattern::match_version_first(std::string_view middle) const {
    for (std::size_t at = middle.find(between_, 1); at != std::string_view::npos;
         at = middle.find(between_, at + 1)) {
        const std::string_view component = middle.substr(at + between_.size());
        if (component.empty()) break;
        if (begins_with_prerelease_word(component)) continue;
        if (between_.empty() && !is_letter(component.front())) continue;
        Result<Version> version = Version::parse(middle.substr(0, at));
        if (version.has_value()) return Match{*std::move(version), std::string(component)};
    }
    return std::nullopt;
}

std::string TagPattern::format(const Version& version, std::string_view component) const {
    std::string text = before_;
    switch (order_) {
        case Order::version_only:
            text += version.str();
            break;
        case Order::component_first:
            text.append(component).append(between_) += version.str();
            break;
        case Order::version_first:
            text += version.str();
            text.append(between_).append(component);
            break;
    }
    return text += after_;
}

}  // namespace lockstep::version
