#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/file_tree.h"
#include "base/result.h"
#include "kustomize/render.h"
#include "manifest/declaration.h"

namespace lockstep::manifest {

struct LayoutOptions {
    /// Shared with the renders, so that a kustomization file is parsed once; may be null.
    kustomize::Documents* documents = nullptr;
    std::size_t directories = 200'000;  // more are `invalid`
};

/// What a tree holds that may name an image or a version. Paths in order, as bytes; directories of
/// kustomizations and charts, "" for the root.
///
/// Not looked into, at any depth, because what stands there is no release material of this project:
///   .git, .github, .anything          settings of tools
///   vendor, node_modules, third_party foreign code
///   testdata, fixtures, test, tests, e2e, testing, __tests__
///                                     inputs of tests, often with versions that are meant to be
///                                     wrong
///   hack/…/testdata and the like fall under the same names.
/// A submodule is another project. A symlink is not followed: what it names is found where it is.
struct Layout {
    /// Entry points: directories with a kustomization that no other kustomization here refers to,
    /// leaving aside those below dev, local, examples, docs and the like. A component is none. One
    /// whose own bases are broken still is, and one of each circle.
    std::vector<std::string> kustomizations;
    /// The others: bases, components.
    std::vector<std::string> used_kustomizations;
    /// Directories with a Chart.yaml; without those that a chart vendors from a repository.
    std::vector<std::string> charts;
    /// *.yaml, *.yml and *.json outside charts that no kustomization refers to: candidates for
    /// plain manifests.
    std::vector<std::string> files;
    /// README* anywhere; *.md, *.rst and *.adoc at the top and below docs, doc, documentation,
    /// site and website. Without change logs, release notes, upgrade guides, proposals, designs,
    /// decisions and blogs: they speak of the past by right.
    std::vector<std::string> texts;
    /// Directories that were not looked into, for those who ask.
    std::vector<std::string> skipped;
    /// Directories that could not be read.
    std::vector<Gap> gaps;
};

/// Errors: the root cannot be read, or a limit is passed. Lists every directory once and reads the
/// kustomization and chart files, nothing else.
Result<Layout> find_layout(const FileTree& tree, const LayoutOptions& options = {});

}  // namespace lockstep::manifest
