#include "kustomize/transformation.h"

#include <span>

#include "kustomize/build_metadata.h"
#include "kustomize/images.h"
#include "kustomize/labels.h"
#include "kustomize/namespace.h"
#include "kustomize/patches.h"
#include "kustomize/prefix_suffix.h"
#include "kustomize/replacements.h"
#include "kustomize/replicas.h"

namespace lockstep::kustomize {

namespace {

/// Each entry of a field is a transformer of its own, which shows only to who watches and in the
/// notes of `buildMetadata`.
class Transformation {
  public:
    Transformation(Build& build, const Loader& loader, const Kustomization& file,
                   const TransformerConfig& config, Resources& objects)
        : build_(build),
          loader_(loader),
          file_(file),
          config_(config),
          objects_(objects),
          notes_(build, loader, file) {}

    Result<void> run() {
        TRY(merge_patches());
        TRY(rename());
        TRY(label());
        TRY(each(file_.patches_json, "PatchJson6902Transformer", [&](auto patches) {
            return apply_json_patches(build_, loader_, patches, objects_);
        }));
        TRY(each(file_.replicas, "ReplicaCountTransformer", [&](auto replicas) {
            return apply_replicas(build_, objects_, replicas, config_.replicas);
        }));
        TRY(each(file_.images, "ImageTagTransformer", [&](auto images) {
            return apply_images(build_, objects_, images, config_.images);
        }));
        TRY(apply_replacements(build_, loader_, file_.replacements, objects_));
        const bool replaces = file_.replacements != nullptr && !file_.replacements->items.empty();
        return replaces ? done("ReplacementTransformer") : Result<void>();
    }

  private:
    Result<void> merge_patches() {
        if (!file_.patches_strategic.empty()) {
            TRY(apply_strategic_patches(build_, loader_, build_.schemas(),
                                        {file_.patches_strategic, {}}, objects_));
            TRY(done("PatchStrategicMergeTransformer"));
        }
        return each(file_.patches, "PatchTransformer", [&](auto patches) {
            return apply_patches(build_, loader_, build_.schemas(), patches, objects_);
        });
    }

    Result<void> rename() {
        TRY(apply_namespace(build_, objects_, {.space = file_.space, .specs = config_.space}));
        if (!file_.space.empty()) TRY(done("NamespaceTransformer"));
        if (!file_.name_prefix.empty()) {
            TRY(apply_prefix(build_, objects_, file_.name_prefix, config_.name_prefix));
            TRY(done("PrefixTransformer"));
        }
        if (file_.name_suffix.empty()) return {};
        TRY(apply_suffix(build_, objects_, file_.name_suffix, config_.name_suffix));
        return done("SuffixTransformer");
    }

    Result<void> label() {
        for (const Label& label : file_.labels) {
            const auto fields = TRY(label_fields(build_.arena(), label, config_));
            TRY(set_pairs(build_, objects_, label.pairs, fields));
            TRY(done("LabelTransformer"));
        }
        TRY(set_pairs(build_, objects_, file_.common_labels, config_.common_labels));
        if (!file_.labels.empty() || !file_.common_labels.empty()) TRY(done("LabelTransformer"));
        TRY(set_pairs(build_, objects_, file_.common_annotations, config_.common_annotations));
        return file_.common_annotations.empty() ? Result<void>() : done("AnnotationsTransformer");
    }

    /// All entries at once, unless somebody wants to know of each.
    template <typename Entry, typename Apply>
    Result<void> each(const std::vector<Entry>& entries, std::string_view kind, Apply&& apply) {
        const std::span<const Entry> all = entries;
        if (!build_.tracks_origins() && !build_.is_observed()) return apply(all);
        for (std::size_t i = 0; i < all.size(); ++i) {
            TRY(apply(all.subspan(i, 1)));
            TRY(done(kind));
        }
        return {};
    }

    Result<void> done(std::string_view kind) {
        build_.step_done(kind, file_, objects_);
        TRY(notes_.transformed(kind, objects_));
        return build_.check_size();
    }

    Build& build_;
    const Loader& loader_;
    const Kustomization& file_;
    const TransformerConfig& config_;
    Resources& objects_;
    Notes notes_;
};

}  // namespace

Result<void> transform(Build& build, const Loader& loader, const Kustomization& file,
                       const TransformerConfig& config, Resources& objects) {
    return Transformation(build, loader, file, config, objects).run();
}

}  // namespace lockstep::kustomize
