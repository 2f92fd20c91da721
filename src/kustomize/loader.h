#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_tree.h"
#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/origin.h"

namespace lockstep::kustomize {

/// The directory of one kustomization, and the ones that led there: reads what the kustomization
/// may read and finds the directories it names. Outlived by its referrer and the build.
class Loader {
  public:
    /// The loader of the directory the build starts in.
    static Result<Loader> open(Build& build, const FileTree& tree, std::string_view directory);

    const FileTree& tree() const { return *tree_; }
    /// The directory in its tree, symlinks resolved.
    const std::string& root() const { return root_; }
    /// The same as kustomize notes it.
    const Origin& origin() const { return origin_; }
    /// The same as people know it: behind the URL where the tree is a remote one.
    std::string title() const { return title_of(root_); }

    /// The file at `path`, relative to the directory, or at an http or https URL. `not_found` where
    /// there is no file; `denied` where it lies outside the directory (unless the options allow it)
    /// or outside the tree.
    Result<File> load(std::string_view path) const;

    /// The loader of another directory that the kustomization names, or of a remote one. `denied`
    /// for a directory that this one is in: such builds would never end.
    Result<Loader> enter(std::string_view path) const;

    /// The directory's one kustomization file, by kustomize's names.
    Result<File> kustomization_file() const;

  private:
    Loader(Build& build, const FileTree& tree, std::string root, const Loader* referrer);
    Result<Loader> enter_remote(std::string_view url) const;
    Result<File> load_remote_file(std::string_view url) const;
    Result<void> check_no_cycle(std::string_view candidate) const;
    std::string title_of(std::string_view path) const;

    Build* build_;
    const FileTree* tree_;
    std::shared_ptr<const FileTree> remote_;  // owns `tree_` where it is a remote one
    std::string url_;                         // of the remote tree this loader or a referrer is in
    std::string root_;
    Origin origin_;
    const Loader* referrer_;
    unsigned depth_ = 1;
};

/// Whether a resource entry names something outside the tree: a URL or a Git host.
bool is_remote(std::string_view path);

/// Whether it may be a single file somewhere: an http or https URL that does not say by its form
/// ("//", "?ref=", ".git") that it names a directory of a repository. kustomize asks for those as
/// files too, in vain.
bool may_be_remote_file(std::string_view path);

}  // namespace lockstep::kustomize
