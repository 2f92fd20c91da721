#include "git/remote_refs.h"

#include <algorithm>

namespace lockstep::git {

namespace {

constexpr std::string_view peeled_mark = "^{}";

bool is_wanted(std::string_view ref, std::span<const std::string> patterns) {
    return patterns.empty() || std::ranges::any_of(patterns, [ref](const std::string& pattern) {
               return matches_ref(pattern, ref);
           });
}

}  // namespace

bool matches_ref(std::string_view pattern, std::string_view ref) {
    std::size_t at = 0;
    std::size_t in_ref = 0;
    std::size_t star = std::string_view::npos;
    std::size_t behind_star = 0;
    while (in_ref < ref.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            behind_star = in_ref;
        } else if (at < pattern.size() && pattern[at] == ref[in_ref]) {
            ++at;
            ++in_ref;
        } else if (star != std::string_view::npos) {
            at = star + 1;  // the star takes one more
            in_ref = ++behind_star;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == '*') ++at;
    return at == pattern.size();
}

Result<RemoteRefs> parse_remote_refs(std::string_view answer,
                                     std::span<const std::string> patterns) {
    RemoteRefs result;
    while (!answer.empty()) {
        const std::string_view line = answer.substr(0, answer.find('\n'));
        answer.remove_prefix(std::min(line.size() + 1, answer.size()));
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos)
            return fail(Error::Kind::corrupt, "what the remote lists has a line without a name");
        const std::string_view value = line.substr(0, tab);
        std::string_view name = line.substr(tab + 1);
        if (value.starts_with("ref: ")) {
            if (name == "HEAD") result.head = value.substr(5);
            continue;
        }
        const auto id = ObjectId::parse(value);
        if (!id)
            return fail(Error::Kind::corrupt, "what the remote lists has a line without an id");
        const bool is_peeled = name.ends_with(peeled_mark);
        if (is_peeled) name.remove_suffix(peeled_mark.size());
        if (!name.starts_with("refs/") || !is_wanted(name, patterns)) continue;
        (is_peeled ? result.peeled : result.refs)[std::string(name)] = *id;
    }
    return result;
}

}  // namespace lockstep::git
