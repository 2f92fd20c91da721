#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/file_tree.h"
#include "evidence/evidence.h"
#include "kustomize/render.h"
#include "manifest/layout.h"
#include "project/project.h"
#include "workspace/traced_tree.h"

namespace lockstep::workspace {

/// Reads trees into evidence, each distinct input once: a kustomization is rendered again only
/// where something that the last rendering asked for differs. From one thread at a time.
class TreeReader {
  public:
    struct Options {
        std::vector<manifest::Surface> surfaces;  // empty: all
        std::string helm;                         // program to render charts with; empty: none
        std::string only;  // if `is_limited`: this directory is the one kustomization that is read
        bool is_limited = false;
        std::function<Result<kustomize::Remote>(std::string_view url)> load_remote;
    };

    TreeReader(const project::Project& project, Options options);

    /// What `tree` declares. `id` names its content (empty: unknown, nothing is reused for the
    /// whole).
    Result<std::shared_ptr<const evidence::Tree>> read(const FileTree& tree, const std::string& id);

    /// Paths of the files that reading a tree will ask for, as far as their names tell: for
    /// fetching them together.
    static bool is_candidate(std::string_view path);

  private:
    struct Reading {
        Trace trace;
        std::shared_ptr<const evidence::Unit> unit;
    };

    Result<manifest::Layout> layout(const FileTree& tree);
    bool is_wanted(manifest::Surface surface) const;
    void add_units(const FileTree& tree, const manifest::Layout& layout, evidence::Tree& read);
    std::shared_ptr<const evidence::Unit> unit(const FileTree& tree, evidence::Unit::Kind kind,
                                               const std::string& path);
    manifest::Facts facts(const FileTree& tree, evidence::Unit::Kind kind, const std::string& path);
    std::vector<std::string> configured_texts(const FileTree& tree,
                                              const manifest::Layout& layout) const;
    std::vector<std::string> text_patterns(const std::string& path) const;

    const project::Project& project_;
    Options options_;
    kustomize::Documents documents_;
    std::unordered_map<std::string, std::shared_ptr<const evidence::Tree>> trees_;  // by id
    std::unordered_map<std::string, std::vector<Reading>> readings_;  // by kind and path
};

}  // namespace lockstep::workspace
