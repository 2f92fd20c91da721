#include "git/tree_object.h"

#include <algorithm>
#include <limits>

namespace lockstep::git {

namespace {

using Kind = FileTree::Kind;

/// The kind for an octal mode; nothing for a mode that Git does not write.
std::optional<Kind> kind_of(std::string_view mode) {
    if (mode == "40000" || mode == "040000") return Kind::directory;
    if (mode == "120000") return Kind::symlink;
    if (mode == "160000") return Kind::submodule;
    // 100644 and 100755; old repositories hold 100664 and others.
    const bool is_octal = std::ranges::all_of(mode, [](char c) { return c >= '0' && c <= '7'; });
    if (mode.size() == 6 && mode.starts_with("100") && is_octal) return Kind::file;
    return std::nullopt;
}

bool is_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
}

std::unexpected<Error> broken(const std::string& what) {
    return fail(Error::Kind::corrupt, "the tree object is damaged: " + what,
                "run `git fsck` in the repository");
}

}  // namespace

TreeObject::Entry TreeObject::entry(const Place& place) const {
    const std::size_t id = std::size_t{place.offset} + place.length + 1;
    return {.name = name(place),
            .kind = place.kind,
            .id = std::string_view(bytes_).substr(id, id_bytes_)};
}

std::optional<TreeObject::Entry> TreeObject::find(std::string_view wanted) const {
    const auto at = std::ranges::lower_bound(places_, wanted, {},
                                             [this](const Place& place) { return name(place); });
    if (at == places_.end() || name(*at) != wanted) return std::nullopt;
    return entry(*at);
}

Result<TreeObject> TreeObject::parse(std::string bytes, std::size_t id_bytes) {
    if (bytes.size() > std::numeric_limits<std::uint32_t>::max()) return broken("it is too large");
    TreeObject tree;
    tree.bytes_ = std::move(bytes);
    tree.id_bytes_ = id_bytes;
    const std::string_view all = tree.bytes_;
    for (std::size_t offset = 0; offset < all.size();) {
        const std::size_t space = all.find(' ', offset);
        const std::size_t end = all.find('\0', offset);
        if (space == std::string_view::npos || end == std::string_view::npos || end < space ||
            all.size() - end - 1 < id_bytes)
            return broken("it ends within an entry");
        const std::string_view mode = all.substr(offset, space - offset);
        const auto kind = kind_of(mode);
        if (!kind) return broken("an entry has the mode `" + std::string(mode) + '`');
        const std::string_view name = all.substr(space + 1, end - space - 1);
        if (!is_name(name)) return broken("an entry is named `" + std::string(name) + '`');
        tree.places_.push_back({static_cast<std::uint32_t>(space + 1),
                                static_cast<std::uint32_t>(name.size()), *kind});
        offset = end + 1 + id_bytes;
    }
    const auto name_of = [&tree](const Place& place) { return tree.name(place); };
    if (!std::ranges::is_sorted(tree.places_, {}, name_of))
        std::ranges::sort(tree.places_, {}, name_of);
    const auto twice = std::ranges::adjacent_find(tree.places_, {}, name_of);
    if (twice != tree.places_.end())
        return broken("`" + std::string(tree.name(*twice)) + "` stands in it twice");
    tree.places_.shrink_to_fit();
    return tree;
}

}  // namespace lockstep::git
