#include "kustomize/builtin_transformers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "kustomize/build_metadata.h"
#include "kustomize/builtin_config.h"
#include "kustomize/hash.h"
#include "kustomize/images.h"
#include "kustomize/labels.h"
#include "kustomize/namespace.h"
#include "kustomize/patches.h"
#include "kustomize/prefix_suffix.h"
#include "kustomize/replacement_entry.h"
#include "kustomize/replacements.h"
#include "kustomize/replicas.h"
#include "kustomize/transformer_config.h"
#include "kustomize/value_add.h"

namespace lockstep::kustomize {

namespace {

/// What a transformer has in its hands.
struct Job {
    Build& build;
    const Loader& loader;
    BuiltinConfig& config;
    Resources& objects;
};

using Entries = std::vector<FieldSpecEntry>;

Result<TransformerConfig::Fields> read_fields(const Job& job) {
    Entries entries;
    TRY(job.config.read("fieldSpecs", entries));
    return field_specs(job.build.arena(), entries);
}

Result<void> set_pairs(const Job& job, std::string_view field) {
    Pairs pairs;
    TRY(job.config.read(field, pairs));
    return set_pairs(job.build, job.objects, pairs, TRY(read_fields(job)));
}

Result<void> annotations(const Job& job) {
    return set_pairs(job, "annotations");
}

Result<void> labels(const Job& job) {
    return set_pairs(job, "labels");
}

Result<NamespaceChange::Subjects> read_subjects(const Job& job) {
    using Subjects = NamespaceChange::Subjects;
    Text mode;
    TRY(job.config.read("setRoleBindingSubjects", mode));
    if (mode.empty() || mode.value == "defaultOnly") return Subjects::named_default;
    if (mode.value == "allServiceAccounts") return Subjects::service_accounts;
    if (mode.value == "none") return Subjects::none;
    return fail(Error::Kind::invalid,
                "setRoleBindingSubjects is `" + std::string(mode.value) +
                    "`, expected defaultOnly, none or allServiceAccounts",
                {}, mode.mark.location());
}

Result<void> set_namespace(const Job& job) {
    NamespaceChange change;
    const ObjectName name = TRY(job.config.object_name());
    change.space = name.space;
    change.specs = TRY(read_fields(job));
    TRY(job.config.read("unsetOnly", change.unset_only));
    change.subjects = TRY(read_subjects(job));
    return apply_namespace(job.build, job.objects, change);
}

/// The field specs of prefixes and suffixes have to be there; they may be empty.
Result<TransformerConfig::Fields> read_name_fields(const Job& job) {
    Entries entries;
    if (!TRY(job.config.read("fieldSpecs", entries)))
        return job.config.refuse("has no `fieldSpecs`", "say which fields are meant");
    return field_specs(job.build.arena(), entries);
}

Result<void> prefix(const Job& job) {
    Text text;
    TRY(job.config.read("prefix", text));
    return apply_prefix(job.build, job.objects, text, TRY(read_name_fields(job)));
}

Result<void> suffix(const Job& job) {
    Text text;
    TRY(job.config.read("suffix", text));
    return apply_suffix(job.build, job.objects, text, TRY(read_name_fields(job)));
}

Result<void> prefix_and_suffix(const Job& job) {
    TRY(prefix(job));
    return suffix(job);
}

Result<void> image(const Job& job) {
    Image image;
    TRY(job.config.read("imageTag", image));
    return apply_images(job.build, job.objects, {&image, 1}, TRY(read_fields(job)));
}

Result<void> replicas(const Job& job) {
    Replica replica;
    TRY(job.config.read("replica", replica));
    if (replica.name.mark.source == nullptr) replica.name.mark = job.config.root().mark;
    return apply_replicas(job.build, job.objects, {&replica, 1}, TRY(read_fields(job)));
}

Result<Patch> read_patch(const Job& job, std::string_view text_field) {
    Patch patch;
    patch.mark = job.config.root().mark;
    TRY(job.config.read("path", patch.path));
    TRY(job.config.read(text_field, patch.patch));
    TRY(job.config.read("target", patch.target));
    TRY(job.config.read("options", patch.options));
    return patch;
}

Result<void> patch(const Job& job) {
    const Patch patch = TRY(read_patch(job, "patch"));
    return apply_patches(job.build, job.loader, job.build.schemas(), {&patch, 1}, job.objects);
}

Result<void> json_patch(const Job& job) {
    const Patch patch = TRY(read_patch(job, "jsonOp"));
    return apply_json_patches(job.build, job.loader, {&patch, 1}, job.objects);
}

Result<void> strategic_patches(const Job& job) {
    StrategicPatches patches;
    TRY(job.config.read("paths", patches.entries));
    TRY(job.config.read("patches", patches.text));
    if (patches.entries.empty() && patches.text.empty())
        return job.config.refuse("has empty file path and empty patch content",
                                 "write `paths` or `patches`");
    return apply_strategic_patches(job.build, job.loader, job.build.schemas(), patches,
                                   job.objects);
}

Result<void> replacements(const Job& job) {
    yaml::Node* const entries = TRY(find_field(job.config.root(), "replacements"));
    if (entries != nullptr)
        TRY(loosen(job.build.arena(), *entries, As<std::vector<Replacement>>{}));
    return apply_replacements(job.build, job.loader, entries, job.objects);
}

Result<void> hash(const Job& job) {
    return add_hashes(job.build, job.objects);
}

Result<void> value_add(const Job& job) {
    return add_value(job.build, job.loader, job.config, job.objects);
}

struct Row {
    std::string_view kind;
    Result<void> (*run)(const Job& job);
};

constexpr std::array<Row, 14> rows = {{{"AnnotationsTransformer", annotations},
                                       {"HashTransformer", hash},
                                       {"ImageTagTransformer", image},
                                       {"LabelTransformer", labels},
                                       {"NamespaceTransformer", set_namespace},
                                       {"PatchJson6902Transformer", json_patch},
                                       {"PatchStrategicMergeTransformer", strategic_patches},
                                       {"PatchTransformer", patch},
                                       {"PrefixSuffixTransformer", prefix_and_suffix},
                                       {"PrefixTransformer", prefix},
                                       {"SuffixTransformer", suffix},
                                       {"ReplacementTransformer", replacements},
                                       {"ReplicaCountTransformer", replicas},
                                       {"ValueAddTransformer", value_add}}};

}  // namespace

Result<void> run_transformer(Build& build, const Loader& loader, const Resource& object,
                             Resources& objects) {
    BuiltinConfig config = TRY(BuiltinConfig::open(build, object));
    const auto row = std::ranges::find(rows, config.kind(), &Row::kind);
    if (row == rows.end())
        return config.refuse("is no transformer that kustomize knows: unable to load builtin",
                             "an object of apiVersion `builtin` has to be one of its own");
    const Job job = {build, loader, config, objects};
    return row->run(job);
}

Result<void> run_transformers(Build& build, const Loader& loader, const Resources& configs,
                              Resources& objects) {
    for (const Resource* const config : configs) {
        const std::string id = to_string(config->id());
        const std::string note = TRY(note_of(build, *config));
        TRY(run_transformer(build, loader, *config, objects), "in the transformer " + id);
        TRY(transformed(build, note, objects));
    }
    return {};
}

}  // namespace lockstep::kustomize
