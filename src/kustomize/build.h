#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
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

    /// The parsed text of a file; the arena keeps it alive.
    Result<std::shared_ptr<const yaml::Document>> parse(const File& file, yaml::Dialect dialect);
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
    /// Counts one more file that is read; `invalid` over the limit.
    Result<void> count_file();

    /// From now on `observer`, which outlives the build, is told of each step.
    void observe(Observer& observer) { observer_ = &observer; }
    bool is_observed() const { return observer_ != nullptr; }
    void step_done(std::string_view doer, const Kustomization& file, const Resources& objects);

  private:
    void keep(const std::shared_ptr<const yaml::Document>& document);

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
    unsigned files_ = 0;
};

}  // namespace lockstep::kustomize
