#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "yaml/node.h"
#include "yaml/parse.h"

namespace lockstep::kustomize {

/// A text of a kustomization file, and where it stands. Empty where the file has none: kustomize
/// does not tell "" from absent either.
struct Text {
    std::string_view value;
    yaml::Mark mark;

    bool empty() const { return value.empty(); }
};

/// A map of texts, sorted by key.
using Pairs = std::vector<std::pair<Text, Text>>;

/// Where in which objects a transformer works; empty fields match anything.
struct FieldSpecEntry {
    Text group, version, kind, path;
    bool create = false;
};

struct Label {
    Pairs pairs;
    bool include_selectors = false;
    bool include_templates = false;
    bool include_volume_claim_templates = false;
    std::vector<FieldSpecEntry> fields;
};

/// The target of a patch: regular expressions, empty ones match anything.
struct SelectorEntry {
    Text group, version, kind, name, space, annotation_selector, label_selector;
};
Result<void> decode(const yaml::Node& value, FieldSpecEntry& into);
/// `unsupported` for a path that would nest an object deeper than any is.
Result<void> check_depth(const Text& path);
/// The fields of a selector, as patches and replacements name it.
Result<void> decode(const yaml::Node& value, SelectorEntry& into);

struct PatchOptions {
    bool allow_name_change = false;
    bool allow_kind_change = false;
};

struct Patch {
    Text path, patch;
    std::optional<SelectorEntry> target;
    PatchOptions options;
    yaml::Mark mark;  // of the entry
};

struct Image {
    Text name, new_name, tag_suffix, new_tag, digest;
};

struct Replica {
    Text name;
    std::int64_t count = 0;
    yaml::Mark count_mark;
};

/// One of `vars`: a name for a field of an object.
struct VariableEntry {
    Text name;
    Text api_version, group, version, kind, object_name, object_space;
    Text path;
};

struct GeneratorOptions {
    Pairs labels, annotations;
    bool disable_name_suffix_hash = false;
    bool immutable = false;
    yaml::Mark immutable_mark;
};

struct Generator {
    Text name, space, behavior, type;  // type: of Secrets
    std::vector<Text> literals, files, envs;
    Text env;
    std::optional<GeneratorOptions> options;
    yaml::Mark mark;  // of the entry
};

struct SortOptions {
    Text order;
    std::optional<std::pair<std::vector<Text>, std::vector<Text>>> legacy;  // first, last
};

/// An entry of `helmCharts`.
struct HelmChart {
    Text name, version, repo, release_name, space, values_file, values_merge, kube_version,
        name_template;
    std::vector<Text> additional_values_files, api_versions;
    const yaml::Node* values_inline = nullptr;  // a mapping that is not empty, as written
    bool include_crds = false, skip_hooks = false, skip_tests = false, debug = false, devel = false;
    yaml::Mark mark;  // of the entry
};
struct HelmGlobals {
    Text chart_home, config_home;
};

/// A kustomization file, decoded as strictly as kustomize 5.8.2 does: field names without regard to
/// case, unknown fields and wrong types are errors. Borrows from `document`.
struct Kustomization {
    std::shared_ptr<const yaml::Document> document;

    bool component = false;
    Text name_prefix, name_suffix, space;
    std::vector<Text> resources, bases, components;
    Pairs common_labels, common_annotations;
    std::vector<Label> labels;
    std::vector<Patch> patches, patches_json;
    std::vector<Text> patches_strategic;
    std::vector<Image> images, image_tags;
    std::vector<Replica> replicas;
    std::vector<VariableEntry> variables;
    Pairs open_api;
    std::vector<Text> build_metadata;
    const yaml::Node* replacements = nullptr;  // as written
    std::vector<Generator> config_maps, secrets;
    std::vector<Text> crds;                                  // files
    std::vector<Text> configurations;                        // files
    std::vector<Text> generators, transformers, validators;  // files, directories or texts
    std::optional<GeneratorOptions> generator_options;
    std::optional<SortOptions> sort_options;
    std::optional<HelmGlobals> helm_globals;
    std::vector<HelmChart> helm_charts;  // and those of the deprecated helmChartInflationGenerator

    /// What kustomize says on stderr about the deprecated fields in use.
    std::vector<std::string> warnings;
};

// Decoders of what transformers are configured with, too.
Result<void> decode(const yaml::Node& value, PatchOptions& into);
Result<void> decode(const yaml::Node& value, Image& into);
Result<void> decode(const yaml::Node& value, Replica& into);
Result<void> decode(const yaml::Node& value, HelmChart& into);
Result<void> decode(const yaml::Node& value, HelmGlobals& into);
/// The deprecated field: charts that come after the others, and globals where the file has none.
Result<void> decode_old_charts(const yaml::Node& value, std::vector<HelmChart>& charts,
                               HelmGlobals& globals);
/// The fields of a generator; `type` only of Secrets.
Result<void> decode_generator(const yaml::Node& value, Generator& into, bool secret);

/// Decodes a parsed kustomization file. `invalid` where kustomize refuses it.
Result<Kustomization> decode_kustomization(std::shared_ptr<const yaml::Document> document);

}  // namespace lockstep::kustomize
