#include "git/tags.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace lockstep::git {

// %00 cannot be in a name, and a line ends each tag. The peeled fields are those of the tag's
// target, of one step in git before 2.45.
const char* const tag_format =
    "--format=%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)%00%(*objecttype)%00"
    "%(tree)%00%(*tree)%00%(creatordate:unix)%00%(*committerdate:unix)%00"
    "%(if)%(contents:signature)%(then)signed%(end)";

namespace {

constexpr std::string_view prefix = "refs/tags/";
constexpr std::size_t ill_named_max = 100;  // of what git says only the beginning is kept

enum Field { name, object, type, target, target_type, tree, target_tree, date, target_date, sign };
using Fields = std::array<std::string_view, sign + 1>;

bool split(std::string_view line, Fields& fields) {
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const std::size_t end = at + 1 == fields.size() ? line.size() : line.find('\0');
        if (end == std::string_view::npos) return false;
        fields[at] = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return true;
}

std::int64_t seconds(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

ObjectId id_or_null(std::string_view hex) {
    return ObjectId::parse(hex).value_or(ObjectId());
}

Tag tag_from(const Fields& fields) {
    Tag tag;
    tag.name = fields[name].substr(prefix.size());
    tag.object = id_or_null(fields[object]);
    const bool is_annotated = fields[type] == "tag";
    if (is_annotated)
        tag.kind = fields[sign].empty() ? Tag::Kind::annotated : Tag::Kind::signed_annotated;
    if ((is_annotated ? fields[target_type] : fields[type]) == "commit") {
        tag.commit = id_or_null(fields[is_annotated ? target : object]);
        tag.tree = id_or_null(fields[is_annotated ? target_tree : tree]);
    }
    tag.time = seconds(fields[date].empty() ? fields[target_date] : fields[date]);
    return tag;
}

}  // namespace

Result<TagList> parse_tags(std::string_view text) {
    TagList list;
    list.tags.reserve(static_cast<std::size_t>(std::ranges::count(text, '\n')));
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        Fields fields;
        if (!split(text.substr(0, end), fields) || !fields[name].starts_with(prefix) ||
            !ObjectId::parse(fields[object]))
            return fail(Error::Kind::internal,
                        "git for-each-ref printed `" + std::string(text.substr(0, end)) + '`');
        if (fields[target_type] == "tag") list.nested.push_back(list.tags.size());
        list.tags.push_back(tag_from(fields));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
}

Result<std::vector<Tag>> parse_tag_warnings(std::string_view text) {
    constexpr std::string_view ignoring = "warning: ignoring ";
    constexpr std::string_view ill_named = "ref with broken name refs/tags/";
    std::vector<Tag> tags;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.starts_with(ignoring)) continue;
        line.remove_prefix(ignoring.size());
        if (!line.starts_with(ill_named) || tags.size() == ill_named_max)
            return fail(Error::Kind::corrupt,
                        "a tag cannot be read: git is ignoring " + std::string(line),
                        "run `git fsck` in the repository");
        Tag tag;
        tag.name = line.substr(ill_named.size());
        tags.push_back(std::move(tag));
    }
    return tags;
}

}  // namespace lockstep::git
