#include "base/file_tree.h"

#include <algorithm>
#include <utility>

namespace lockstep {

namespace {

constexpr int link_limit = 40;  // as Linux
/// As Linux too. A blob that calls itself a link may be of any size.
constexpr size_t target_bytes_max = 4096;

/// Takes the first part off `path`, with the slash behind it.
std::string_view take_part(std::string_view& path) {
    const size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return part;
}

bool is_normalised(std::string_view path) {
    if (path.ends_with('/')) return false;
    while (!path.empty()) {
        const std::string_view part = take_part(path);
        if (part.empty() || part == "." || part == "..") return false;
    }
    return true;
}

std::string with_part(std::string path, std::string_view part) {
    if (!path.empty()) path += '/';
    return path.append(part);
}

}  // namespace

Result<std::string> join_path(std::string_view base, std::string_view path) {
    if (path.starts_with('/'))
        return fail(Error::Kind::denied, "`" + std::string(path) + "` is an absolute path",
                    "name it relative to the file that refers to it");
    std::string joined;
    joined.reserve(base.size() + 1 + path.size());
    joined = base;
    for (std::string_view rest = path; !rest.empty();) {
        const std::string_view part = take_part(rest);
        if (part.empty() || part == ".") continue;
        if (part != "..") {
            joined = with_part(std::move(joined), part);
            continue;
        }
        if (joined.empty())
            return fail(Error::Kind::denied,
                        "`" + std::string(path) + "` leaves the root of the tree");
        joined.resize(parent_path(joined).size());
    }
    return joined;
}

namespace {

std::unexpected<Error> no_such_file(std::string_view path) {
    return fail(Error::Kind::not_found, "`" + std::string(path) + "` does not exist");
}

Result<std::string> read_link(const FileTree& tree, const std::string& path) {
    const Blob target = TRY(tree.read(path));
    if (target->size() > target_bytes_max)
        return fail(Error::Kind::denied, "symlink `" + path + "` names a path of " +
                                             std::to_string(target->size()) +
                                             " bytes; no system follows it");
    if (target->starts_with('/'))
        return fail(Error::Kind::denied,
                    "symlink `" + path + "` points outside the tree, to `" + *target + "`");
    return *target;
}

Result<std::string> follow_links(const FileTree& tree, std::string_view path) {
    std::string resolved;
    std::vector<std::string> pending;  // parts still to walk, the next one last
    const auto push = [&pending](std::string_view more) {
        std::vector<std::string_view> parts;
        while (!more.empty()) parts.push_back(take_part(more));
        for (auto part = parts.rbegin(); part != parts.rend(); ++part)
            if (!part->empty()) pending.emplace_back(*part);
    };
    push(path);
    int links = 0;
    while (!pending.empty()) {
        const std::string part = std::move(pending.back());
        pending.pop_back();
        if (part == "." || part == "..") {
            resolved = TRY(join_path(resolved, part), "`" + std::string(path) + "`");
            continue;
        }
        std::string next = with_part(resolved, part);
        const FileTree::Entry entry = TRY(tree.stat(next));
        if (entry.kind == FileTree::Kind::absent) return no_such_file(path);
        if (entry.kind != FileTree::Kind::symlink) {
            resolved = std::move(next);
            continue;
        }
        if (++links > link_limit)
            return fail(Error::Kind::denied,
                        "`" + std::string(path) + "` is a chain of too many symlinks");
        push(TRY(read_link(tree, next)));
    }
    return resolved;
}

}  // namespace

Result<FileTree::Found> FileTree::look(std::string_view path) const {
    Found found{TRY(stat(path)), nullptr};
    if (found.entry.kind == Kind::file) found.bytes = TRY(read(path));
    return found;
}

Result<Resolved> resolve(const FileTree& tree, std::string_view path) {
    // Links are rare. `stat` follows none, so what it finds needs no walk, and neither does what is
    // missing from a folder that it finds: a file of a deep tree costs as little as any other.
    if (is_normalised(path)) {
        FileTree::Entry entry = TRY(tree.stat(path));
        const bool is_missing = entry.kind == FileTree::Kind::absent;
        if (!is_missing && entry.kind != FileTree::Kind::symlink)
            return Resolved{std::string(path), std::move(entry)};
        if (is_missing && TRY(tree.stat(parent_path(path))).kind == FileTree::Kind::directory)
            return no_such_file(path);
    }
    std::string real = TRY(follow_links(tree, path));
    FileTree::Entry entry = TRY(tree.stat(real));
    return Resolved{std::move(real), std::move(entry)};
}

std::string_view parent_path(std::string_view path) {
    const size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view file_name(std::string_view path) {
    const size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace lockstep
