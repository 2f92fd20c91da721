// The trees that a draft makes.
#include <algorithm>
#include <map>

#include "git/draft.h"
#include "git/draft_state.h"
#include "git/loose_object.h"

namespace lockstep::git {

namespace {

using Call = std::vector<std::string>;

/// Mode and kind of what is at a path of the base.
struct Present {
    std::string mode, kind;
};
using PresentAt = std::map<std::string, Present, std::less<>>;

PresentAt parse_tree_listing(std::string_view listing) {
    PresentAt result;
    while (!listing.empty()) {
        const std::string_view entry = listing.substr(0, listing.find('\0'));
        listing.remove_prefix(std::min(entry.size() + 1, listing.size()));
        const std::size_t space = entry.find(' ');
        const std::size_t tab = entry.find('\t');
        if (space == std::string_view::npos || tab == std::string_view::npos) continue;
        const std::string_view kind = entry.substr(space + 1);
        result[std::string(entry.substr(tab + 1))] = {
            .mode = std::string(entry.substr(0, space)),
            .kind = std::string(kind.substr(0, kind.find(' ')))};
    }
    return result;
}

/// The mode to write; an error where the change is none that may be made.
Result<std::string> mode_for(const TreeChange& change, const PresentAt& present) {
    const auto found = present.find(change.path);
    if (found == present.end()) {
        if (!change.bytes)
            return fail(Error::Kind::not_found,
                        '`' + change.path + "` is to be removed and is not there");
        return std::string("100644");
    }
    const auto& [mode, kind] = found->second;
    const char* const what = kind == "tree"     ? "a folder"
                             : kind == "commit" ? "a submodule"
                             : mode == "120000" ? "a symlink"
                                                : nullptr;
    if (what)
        return fail(Error::Kind::invalid,
                    '`' + change.path + "` is " + what + ", and only files are written");
    return mode;
}

/// Each path once, and none that would have to be file and folder.
Result<void> check_paths(std::span<const TreeChange> changes) {
    std::vector<std::string> paths;
    for (const TreeChange& change : changes) {
        if (change.path.contains('\0'))
            return fail(Error::Kind::invalid, "a path with a zero byte in it");
        paths.push_back(change.path + '/');
    }
    // With a slash at their ends what lies below a path follows it.
    std::ranges::sort(paths);
    for (std::size_t i = 1; i < paths.size(); ++i)
        if (paths[i].starts_with(paths[i - 1]))
            return fail(Error::Kind::invalid, '`' +
                                                  paths[i - 1].substr(0, paths[i - 1].size() - 1) +
                                                  "` is changed twice, or what is below it too");
    return {};
}

/// A name that git takes everywhere, of a file at the top.
bool is_plain_name(std::string_view path) {
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    return !path.empty() && path.front() != '.' &&
           path.find_first_not_of(allowed) == std::string_view::npos;
}

/// Such a tree needs no index, and half of the processes.
bool is_new_and_flat(const ObjectId& from, std::span<const TreeChange> changes) {
    return from.is_null() && !changes.empty() &&
           std::ranges::all_of(changes, [](const TreeChange& change) {
               return change.bytes && is_plain_name(change.path);
           });
}

}  // namespace

Result<ObjectId> Draft::State::write_object(ObjectType type, std::string bytes) const {
    return write_loose_object(repository + "/objects", {.type = type, .bytes = std::move(bytes)},
                              object_format == "sha256" ? 32 : 20);
}

Result<ObjectId> Draft::State::write_flat_tree(std::span<const TreeChange> files) const {
    std::map<std::string_view, ObjectId> entries;  // in the order that git wants files in
    for (const TreeChange& file : files)
        entries[file.path] = TRY(write_object(ObjectType::blob, *file.bytes));
    std::string tree;
    for (const auto& [name, blob] : entries)
        tree.append("100644 ").append(name).append(1, '\0').append(blob.bytes());
    return write_object(ObjectType::tree, std::move(tree));
}

Result<ObjectId> Draft::write_tree(const ObjectId& from, std::span<const TreeChange> changes) {
    TRY(check_paths(changes));
    if (is_new_and_flat(from, changes)) return state_->write_flat_tree(changes);
    const ObjectId base = from.is_null() ? TRY(state_->write_object(ObjectType::tree, {})) : from;
    if (changes.empty()) return base;
    Call list = {"--literal-pathspecs", "ls-tree", "-t", "-z", "--full-tree", base.hex(), "--"};
    for (const TreeChange& change : changes) list.push_back(change.path);
    // A path that git cannot look for is one that it does not take.
    const PresentAt present =
        parse_tree_listing(TRY(state_->output({.args = std::move(list)}, Error::Kind::invalid)));

    std::string lines;
    for (const TreeChange& change : changes) {
        const std::string mode = TRY(mode_for(change, present));
        const ObjectId null = *ObjectId::from_bytes(std::string(base.bytes().size(), '\0'));
        ObjectId blob = null;
        if (change.bytes) blob = TRY(state_->write_object(ObjectType::blob, *change.bytes));
        lines += (change.bytes ? mode : "0") + ' ' + blob.hex() + '\t' + change.path + '\0';
    }
    const std::vector<std::pair<std::string, std::string>> index = {
        {"GIT_INDEX_FILE", state_->folder.path() + "/index"}};
    TRY(state_->output({.args = {"read-tree", base.hex()}, .set = index},
                       Error::Kind::unavailable));
    const os::Captured updated = TRY(state_->run(
        {.args = {"update-index", "-z", "--index-info"}, .input = lines, .set = index}));
    // Git leaves out such a path, says so, and reports success.
    if (!updated.exit.ok() || updated.err.contains("Ignoring path"))
        return std::unexpected<Error>(explain(updated, state_->repository, Error::Kind::invalid));
    const ObjectId made = TRY(State::id_in(
        TRY(state_->output({.args = {"write-tree"}, .set = index}, Error::Kind::invalid))));
    // A file where a folder was, or the other way round, takes other files with it.
    for (const std::string& path : TRY(changed_paths(base, made)))
        if (std::ranges::find(changes, path, &TreeChange::path) == changes.end())
            return fail(Error::Kind::invalid,
                        '`' + path + "` is in the way of a change that would remove it");
    return made;
}

Result<std::optional<ObjectId>> Draft::merge(const ObjectId& ours, const ObjectId& theirs) {
    const os::Captured captured =
        TRY(state_->run({.args = {"merge-tree", "--write-tree", ours.hex(), theirs.hex()}}));
    // Older ones know the command with three trees, and take the option for one.
    if (captured.exit.code == 129 || captured.err.contains("unknown rev --write-tree"))
        return fail(Error::Kind::unavailable,
                    "the installed git does not merge without a work tree",
                    "install git 2.38 or newer");
    if (captured.exit == os::Exit{.code = 1} && !captured.out.empty()) return std::nullopt;
    if (!captured.exit.ok())
        return std::unexpected<Error>(
            explain(captured, state_->repository, Error::Kind::unavailable));
    return TRY(State::id_in(captured.out));
}

}  // namespace lockstep::git
