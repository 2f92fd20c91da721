#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/file_tree.h"
#include "evidence/evidence.h"
#include "kustomize/render.h"
#include "manifest/fields.h"
#include "manifest/layout.h"
#include "project/project.h"
#include "workspace/readings.h"

namespace lockstep::workspace {

/// Where images are named beyond pod templates, as the project says.
manifest::Fields fields_of(const project::Project& project);

/// Reads trees into evidence, each distinct input once: a kustomization is rendered again only
/// where something that the last rendering asked for differs. Used by one thread, works on several:
/// each takes one place (a kustomization, a chart, a file) through all trees, so that no two read
/// the same.
class TreeReader {
  public:
    struct Options {
        std::vector<manifest::Surface> surfaces;  // empty: all
        std::string helm;                         // program to render charts with; empty: none
        std::string only;  // if `is_limited`: this directory is the one kustomization that is read
        bool is_limited = false;
        /// Called from several threads at once.
        std::function<Result<kustomize::Remote>(std::string_view url)> load_remote;
        std::function<Result<Blob>(std::string_view url)> load_file;
        unsigned threads = 1;
    };

    TreeReader(const project::Project& project, Options options);

    struct Input {
        std::shared_ptr<const FileTree> files;
        std::string id;  // names the content; empty: unknown, nothing is reused for the whole
    };
    using Evidence = std::shared_ptr<const evidence::Tree>;
    /// What each of these trees declares, in their order. Errors: the tree as a whole cannot be
    /// read.
    std::vector<Result<Evidence>> read(std::span<const Input> trees);
    Result<Evidence> read(const Input& tree);

    /// Paths of the files that reading a tree will ask for, as far as their names tell: for
    /// fetching them together.
    static bool is_candidate(std::string_view path);

  private:
    using Kind = evidence::Unit::Kind;
    using Unit = Readings::Unit;
    /// By kind and path, in the order of a tree's units.
    using Known = std::map<std::pair<Kind, std::string>, Readings>;
    struct Draft;
    struct Place;

    std::vector<Draft> drafts(std::span<const Input> trees) const;
    std::vector<Place> places(std::vector<Draft>& drafts);
    Result<Evidence> finish(Draft& draft);
    Result<manifest::Layout> layout(const FileTree& tree);
    bool is_wanted(manifest::Surface surface) const;
    std::vector<std::pair<Kind, std::string>> units_in(const FileTree& tree,
                                                       manifest::Layout& layout) const;
    void read_place(const std::vector<Draft>& drafts, Place& place);
    Unit unit(const FileTree& tree, Kind kind, const std::string& path, Readings& readings);
    manifest::Facts facts(const FileTree& tree, Kind kind, const std::string& path);
    std::vector<std::string> configured_texts(const FileTree& tree,
                                              const manifest::Layout& layout) const;
    std::vector<std::string> text_patterns(const std::string& path) const;

    const project::Project& project_;
    Options options_;
    kustomize::Documents documents_;
    std::unordered_map<std::string, Evidence> trees_;  // by id
    Known known_;
};

}  // namespace lockstep::workspace
