#include "kustomize/loader.h"

#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace lockstep::kustomize {

namespace {

constexpr std::array<std::string_view, 3> file_names = {"kustomization.yaml", "kustomization.yml",
                                                        "Kustomization"};

bool is_in_or_below(std::string_view path, std::string_view directory) {
    return directory.empty() || path == directory ||
           (path.size() > directory.size() && path.starts_with(directory) &&
            path[directory.size()] == '/');
}

bool starts_with_folded(std::string_view text, std::string_view lower_prefix) {
    if (text.size() < lower_prefix.size()) return false;
    for (std::size_t i = 0; i < lower_prefix.size(); ++i)
        if (std::tolower(static_cast<unsigned char>(text[i])) != lower_prefix[i]) return false;
    return true;
}

/// "name@" of an SSH address, as kustomize takes it: a letter, then letters, digits and hyphens.
bool has_user(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0) return false;
    for (const char c : text.substr(0, at))
        if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') return false;
    return std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
           text.find_first_of(":/", at) != std::string_view::npos;
}

/// A part that holds ".." without being it comes from a list written with the wrong indentation:
/// "../a - ../b".
bool is_ambiguous(std::string_view path) {
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part != ".." && part.find("..") != std::string_view::npos) return true;
        if (slash == std::string_view::npos) break;
        path.remove_prefix(slash + 1);
    }
    return false;
}

std::string shown(std::string_view path) {
    return path.empty() ? "the root of the tree" : "`" + std::string(path) + "`";
}

/// A directory by its path.
std::string named(std::string_view directory) {
    return "`" + std::string(directory.empty() ? "." : directory) + "`";
}

Result<Resolved> resolved(const FileTree& tree, const std::string& path) {
    Result<Resolved> found = resolve(tree, path);
    if (found.has_value() || found.error().kind != Error::Kind::not_found) return found;
    Error error = std::move(found).error();
    error.message += ": no such file or directory";
    error.hint = "mend the path, or add what it names";
    return std::unexpected(std::move(error));
}

}  // namespace

bool is_remote(std::string_view path) {
    if (starts_with_folded(path, "git::")) path.remove_prefix(5);
    for (const std::string_view scheme : {"https://", "http://", "ssh://", "file://"})
        if (starts_with_folded(path, scheme)) return true;
    return starts_with_folded(path, "github.com/") || starts_with_folded(path, "github.com:") ||
           has_user(path);
}

bool may_be_remote_file(std::string_view path) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!starts_with_folded(path, scheme)) continue;
        const std::string_view rest = path.substr(scheme.size());
        for (const std::string_view mark : {"//", "?ref=", "&ref=", "?version=", ".git", "_git/"})
            if (rest.contains(mark)) return false;
        return true;
    }
    return false;
}

Loader::Loader(Build& build, const FileTree& tree, std::string root, const Loader* referrer)
    : build_(&build), tree_(&tree), root_(std::move(root)), referrer_(referrer) {
    if (referrer == nullptr) return;
    depth_ = referrer->depth_ + 1;
    url_ = referrer->url_;
}

Result<Loader> Loader::open(Build& build, const FileTree& tree, std::string_view directory) {
    const std::string path = TRY(join_path("", directory));
    Resolved root = TRY(resolve(tree, path));
    if (root.entry.kind != FileTree::Kind::directory)
        return fail(Error::Kind::not_found, shown(path) + " is not a directory",
                    "name the directory that holds the kustomization file");
    return Loader(build, tree, std::move(root.path), nullptr);
}

std::string Loader::title_of(std::string_view path) const {
    if (url_.empty()) return std::string(path);
    return url_ + ": " + std::string(path);
}

Result<File> Loader::load_remote_file(std::string_view url) const {
    if (!build_->options().load_file)
        return fail(Error::Kind::unsupported, "unsupported: the remote file " + shown(url),
                    "remote files are not loaded here");
    Blob text = TRY(build_->options().load_file(url));
    TRY(build_->count_file(text));
    return File{.path = std::string(url),
                .title = std::string(url),
                .entry = {.name = std::string(url), .kind = FileTree::Kind::file},
                .text = std::move(text)};
}

Result<File> Loader::load(std::string_view path) const {
    if (may_be_remote_file(path)) return load_remote_file(path);
    std::string joined = TRY(join_path(root_, path));
    // Nearly every file lies where it should and is no link: one question tells.
    if (is_in_or_below(joined, root_)) {
        FileTree::Found found = TRY(tree_->look(joined));
        if (found.bytes != nullptr) {
            TRY(build_->count_file(found.bytes));
            std::string title = title_of(joined);
            return File{std::move(joined), std::move(title), std::move(found.entry),
                        std::move(found.bytes)};
        }
    }
    auto [real, entry] = TRY(resolved(*tree_, joined));
    if (entry.kind != FileTree::Kind::file)
        return fail(Error::Kind::not_found, shown(joined) + " is not a file");
    const bool restricted = !url_.empty() || build_->options().load_restrictions ==
                                                 Options::LoadRestrictions::root_only;
    if (restricted && !is_in_or_below(real, root_))
        return fail(Error::Kind::denied,
                    "security; file " + shown(real) + " is not in or below " + shown(root_),
                    "move it below the kustomization, or make it part of a base");
    Blob text = TRY(tree_->read(real));
    TRY(build_->count_file(text));
    std::string title = title_of(joined);
    return File{std::move(real), std::move(title), std::move(entry), std::move(text)};
}

Result<void> Loader::check_no_cycle(std::string_view candidate) const {
    for (const Loader* visited = this; visited != nullptr; visited = visited->referrer_) {
        if (visited->tree_ != tree_) break;
        if (is_in_or_below(visited->root_, candidate))
            return fail(Error::Kind::denied,
                        "cycle detected: candidate root " + named(candidate) +
                            " contains visited root " + named(visited->root_),
                        "no kustomization may be made of itself");
    }
    return {};
}

Result<Loader> Loader::enter(std::string_view path) const {
    if (path.empty()) return fail(Error::Kind::invalid, "new root cannot be empty");
    if (depth_ >= build_->options().depth)
        return fail(Error::Kind::invalid, "more than " + std::to_string(build_->options().depth) +
                                              " kustomizations inside each other");
    if (is_remote(path)) return enter_remote(path);
    if (is_ambiguous(path))
        return fail(Error::Kind::invalid, "the path " + shown(path) + " is ambiguous",
                    "check for YAML indentation errors in your kustomization file");
    const std::string joined = TRY(join_path(root_, path));
    Resolved real = TRY(resolved(*tree_, joined));
    if (real.entry.kind != FileTree::Kind::directory)
        return fail(Error::Kind::not_found,
                    "must build at directory: " + shown(joined) + " is not a directory");
    TRY(check_no_cycle(real.path));
    Loader loader(*build_, *tree_, std::move(real.path), this);
    loader.origin_ = origin_.joined(path);
    return loader;
}

Result<Loader> Loader::enter_remote(std::string_view url) const {
    for (const Loader* visited = this; visited != nullptr; visited = visited->referrer_)
        if (!visited->url_.empty() && visited->url_.starts_with(url))
            return fail(Error::Kind::denied, "cycle detected: " + shown(url) + " leads to itself");
    if (!build_->options().load_remote)
        return fail(Error::Kind::unsupported, "unsupported: the remote base " + shown(url),
                    "remote bases are not loaded here");
    Remote remote = TRY(build_->options().load_remote(url));
    if (build_->tracks_origins() && remote.repository.empty())
        return fail(Error::Kind::unsupported,
                    "unsupported: `buildMetadata` over the remote base " + shown(url),
                    "leave one of them out");
    Loader loader = TRY(open(*build_, *remote.tree, remote.path));
    loader.origin_ =
        remote_origin(std::move(remote.repository), std::move(remote.ref), remote.path);
    loader.remote_ = std::move(remote.tree);
    loader.url_ = std::string(url);
    loader.referrer_ = this;
    loader.depth_ = depth_ + 1;
    return loader;
}

Result<File> Loader::kustomization_file() const {
    std::optional<File> found;
    for (const std::string_view name : file_names) {
        // Of the three names two are usually missing: no error is made of that.
        if (TRY(tree_->stat(TRY(join_path(root_, name)))).kind == FileTree::Kind::absent) continue;
        Result<File> file = load(name);
        if (!file.has_value()) {
            const bool absent = file.error().kind == Error::Kind::not_found ||
                                file.error().kind == Error::Kind::denied;
            if (!absent) return detail::passed_up(file);
            continue;
        }
        if (found)
            return fail(Error::Kind::invalid,
                        "Found multiple kustomization files under: " + named(title()) + ": " +
                            std::string(file_name(found->title)) + " and " + std::string(name),
                        "keep one of them");
        found = std::move(*file);
    }
    if (!found)
        return fail(Error::Kind::not_found,
                    "unable to find one of 'kustomization.yaml', 'kustomization.yml' or "
                    "'Kustomization' in directory " +
                        named(title()),
                    "name a directory that has one");
    return std::move(*found);
}

}  // namespace lockstep::kustomize
