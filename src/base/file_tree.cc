#include "base/file_tree.h"

#include <utility>

namespace lockstep {

namespace {

constexpr int link_limit = 40;  // as Linux

/// The parts of `path` in order, without empty ones.
std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (!part.empty()) parts.push_back(part);
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return parts;
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
    std::string joined(base);
    for (const std::string_view part : parts_of(path)) {
        if (part == ".") continue;
        if (part != "..") {
            joined = with_part(std::move(joined), part);
            continue;
        }
        if (joined.empty())
            return fail(Error::Kind::denied,
                        "`" + std::string(path) + "` leaves the root of the tree");
        joined = std::string(parent_path(joined));
    }
    return joined;
}

Result<std::string> resolve(const FileTree& tree, std::string_view path) {
    std::string resolved;
    std::vector<std::string> pending;  // parts still to walk, the next one last
    const auto push = [&pending](std::string_view more) {
        const std::vector<std::string_view> parts = parts_of(more);
        for (auto part = parts.rbegin(); part != parts.rend(); ++part) pending.emplace_back(*part);
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
        if (entry.kind == FileTree::Kind::absent)
            return fail(Error::Kind::not_found, "`" + std::string(path) + "` does not exist");
        if (entry.kind != FileTree::Kind::symlink) {
            resolved = std::move(next);
            continue;
        }
        if (++links > link_limit)
            return fail(Error::Kind::denied,
                        "`" + std::string(path) + "` is a chain of too many symlinks");
        const Blob target = TRY(tree.read(next));
        if (target->starts_with('/'))
            return fail(Error::Kind::denied,
                        "symlink `" + next + "` points outside the tree, to `" + *target + "`");
        push(*target);
    }
    return resolved;
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
