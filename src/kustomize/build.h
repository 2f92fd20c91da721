#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/result.h"
#include "kustomize/kustomization.h"
#include "kustomize/merge_keys.h"
#include "kustomize/render.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// A file that was read: where it really lies, its content, and the name people know it by.
struct File {
    std::string path;   // in its tree, symlinks resolved
    std::string title;  // the path, behind the URL where the tree is a remote one
    FileTree::Entry entry;
    Blob text;
};

class Observer;
struct Kustomization;

/// What all parts of one render share: the arena of the result, the options, the limits used up.
class Build {
  public:
    Build(const Options& options, Rendering& rendering)
        : options_(options), rendering_(rendering) {}
    Build(const Build&) = delete;
    Build& operator=(const Build&) = delete;

    const Options& options() const { return options_; }
    yaml::Arena& arena() { return rendering_.arena; }
    Rendering& rendering() { return rendering_; }
    /// Which lists of which types are merged, for strategic merges.
    const Schemas& schemas() const { return schemas_; }
    /// Takes other schemas than Kubernetes', for good.
    void choose(const Schemas& schemas) {
        schemas_ = schemas;
        has_chosen_schemas_ = true;
    }
    /// The schema that a JSON text says; null where it refers to an unknown definition.
    const Schema* schema_of(const yaml::Node& json) { return schemas_.read(arena(), json); }
    /// From now on the field of this key has that schema.
    void add_comment(const yaml::Node& key, const Schema& schema) {
        schemas_.add_comment(key, schema);
    }
    bool has_chosen_schemas() const { return has_chosen_schemas_; }

    /// The parsed text of a file; the arena keeps it alive. Parsed once, however often it is read.
    Result<std::shared_ptr<const yaml::Document>> parse(const File& file, yaml::Dialect dialect);
    /// The trees of a file of resources, in the build's arena: free to be changed.
    Result<yaml::Trees> parse_own(const File& file);
    /// The same for a text that stands inside another file (an inline patch).
    Result<std::shared_ptr<const yaml::Document>> parse(std::string title, Blob text,
                                                        yaml::Dialect dialect,
                                                        const yaml::Limits& limits = {});

    /// A new object; `invalid` over the limit.
    Result<Resource*> add(yaml::Node* root);
    /// Whether any object was made.
    bool has_objects() const { return !resources_.empty(); }
    /// Whether objects bear notes of where they come from: see build_metadata.h.
    bool tracks_origins() const { return tracks_origins_; }
    void track_origins() { tracks_origins_ = true; }
    /// The note of the generator at work.
    const std::string& generator() const { return generator_; }
    void set_generator(std::string note) { generator_ = std::move(note); }
    /// The namespace of charts that name none: of the nearest kustomization, on the way from where
    /// the build starts, that has one.
    const Text& chart_space() const { return chart_space_; }
    void set_chart_space(const Text& space) { chart_space_ = space; }
    /// Counts one more file that was read; `invalid` over a limit.
    Result<void> count_file(const Blob& text);
    /// `invalid` where all that the build holds is over the limit. To be asked wherever a loop may
    /// make much of little.
    Result<void> check_size() const;

    /// From now on `observer`, which outlives the build, is told of each step.
    void observe(Observer& observer) { observer_ = &observer; }
    bool is_observed() const { return observer_ != nullptr; }
    void step_done(std::string_view doer, const Kustomization& file, const Resources& objects);

  private:
    using Parsed = std::shared_ptr<const yaml::Document>;

    void keep(const Parsed& document);
    /// Whether the file has an id under which all renders remember it.
    bool is_shared(const File& file) const;

    const Options& options_;
    Rendering& rendering_;
    Schemas schemas_;
    Observer* observer_ = nullptr;
    bool has_chosen_schemas_ = false;
    bool tracks_origins_ = false;
    std::string generator_;
    Text chart_space_;
    std::deque<Resource> resources_;
    std::unordered_set<const yaml::Document*> kept_;
    /// All other files that were read, by dialect and title; null where the trees of the only
    /// reading so far were given away.
    std::unordered_map<std::string, Parsed> known_;
    unsigned files_ = 0;
    std::size_t bytes_ = 0;  // of files and of documents outside the arena
};

}  // namespace lockstep::kustomize
