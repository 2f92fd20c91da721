#include "kustomize/comment_schemas.h"

#include <algorithm>
#include <memory>
#include <string>

#include "kustomize/json_text.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

constexpr std::string_view blanks = " \t\r";

/// The comment of a line that may be JSON.
struct Comment {
    std::uint32_t line = 0;
    std::size_t column = 0;      // from 0
    std::string_view before;     // of the line, without blanks at its end
    std::string_view text;       // behind the number signs
};

std::string_view without_blanks_behind(std::string_view text) {
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Calls `visit` for each; a text that is no comment may be among them.
template <typename Visit>
Result<void> each_comment(std::string_view text, Visit&& visit) {
    std::size_t counted = 0;
    std::uint32_t line = 1;
    for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
        const std::size_t begin = std::min(text.find_first_not_of('#', at), text.size());
        const std::size_t brace = std::min(text.find_first_not_of(blanks, begin), text.size());
        if (brace < text.size() && text[brace] == '{') {
            const std::size_t start = text.rfind('\n', at) + 1;
            line += static_cast<std::uint32_t>(
                std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                           text.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
            counted = start;
            const std::size_t end = std::min(text.find('\n', at), text.size());
            TRY(visit(Comment{line, at - start,
                              without_blanks_behind(text.substr(start, at - start)),
                              text.substr(begin, end - begin)}));
            at = end;
        } else {
            at = begin;
        }
    }
    return {};
}

/// The first pair whose key is on the line.
const yaml::Pair* pair_on(const Node& node, std::uint32_t line) {
    const yaml::Pair* found = nullptr;
    const auto consider = [&](const yaml::Pair* pair) {
        if (pair == nullptr) return;
        if (found == nullptr || pair->key->mark.column < found->key->mark.column) found = pair;
    };
    for (const yaml::Pair& pair : node.pairs) {
        if (pair.key->mark.line == line) consider(&pair);
        consider(pair_on(*pair.value, line));
    }
    for (const Node* const item : node.items) consider(pair_on(*item, line));
    return found;
}

class Reader {
  public:
    Reader(Build& build, const yaml::Source& source, std::span<Node* const> roots)
        : build_(build), source_(source), roots_(roots) {}

    Result<void> read(const Comment& comment) const {
        const Result<Node*> json = read_json(build_.arena(), source_.path,
                                             std::make_shared<const std::string>(comment.text));
        if (!json.has_value() || !(*json)->is_mapping() || (*json)->pairs.empty()) return {};
        const yaml::Pair* const pair = comment.before.empty() ? nullptr : pair_at(comment.line);
        // Scalars are replaced, whatever a schema says.
        if (pair != nullptr && pair->value->is_scalar() && !pair->value->is_null()) return {};
        const bool is_behind =
            pair != nullptr && std::string_view(":]}~l").contains(comment.before.back());
        const bool may_merge = comment.text.contains("x-kubernetes-patch");
        if (!is_behind && (may_merge || pair != nullptr)) return refuse(comment, "here");
        if (!is_behind) return {};
        const Schema* const schema = build_.schema_of(**json);
        if (schema == nullptr) return refuse(comment, "that refers to an unknown definition");
        build_.add_comment(*pair->key, *schema);
        return {};
    }

  private:
    const yaml::Pair* pair_at(std::uint32_t line) const {
        for (const Node* const root : roots_)
            if (const yaml::Pair* const pair = pair_on(*root, line)) return pair;
        return nullptr;
    }

    std::unexpected<Error> refuse(const Comment& comment, const char* what) const {
        return fail(Error::Kind::unsupported,
                    std::string("unsupported: a schema in a comment ") + what,
                    "leave it out, and give the schema under `openapi`",
                    Location{source_.path, comment.line,
                             static_cast<unsigned>(comment.column) + 1});
    }

    Build& build_;
    const yaml::Source& source_;
    std::span<Node* const> roots_;
};

}  // namespace

Result<void> read_comment_schemas(Build& build, const yaml::Source& source,
                                  std::span<Node* const> roots) {
    const Reader reader(build, source, roots);
    return each_comment(*source.text, [&](const Comment& comment) { return reader.read(comment); });
}

}  // namespace lockstep::kustomize
