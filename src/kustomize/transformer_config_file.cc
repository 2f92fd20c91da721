#include <array>
#include <string>
#include <vector>

#include "kustomize/decode.h"
#include "kustomize/transformer_config.h"

namespace lockstep::kustomize {

namespace {

using Entries = std::vector<FieldSpecEntry>;

/// An entry of `nameReference`: a kind, and the fields that name objects of it.
struct ReferenceEntry {
    FieldSpecEntry target;
    Entries referrers;
};

template <Text FieldSpecEntry::*Member>
Result<void> target_member(const yaml::Node& value, ReferenceEntry& into) {
    return decode(value, into.target.*Member);
}

Result<void> decode(const yaml::Node& value, ReferenceEntry& into) {
    using T = ReferenceEntry;
    static constexpr std::array<Field<T>, 4> fields = {
        {{"group", target_member<&FieldSpecEntry::group>},
         {"version", target_member<&FieldSpecEntry::version>},
         {"kind", target_member<&FieldSpecEntry::kind>},
         {"fieldSpecs", member<T, &T::referrers>}}};
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

struct ConfigFile {
    Entries name_prefix, name_suffix, space, common_labels, labels, template_labels,
        volume_claim_template_labels, common_annotations, variables, images, replicas;
    std::vector<ReferenceEntry> name_references;
};

Result<ConfigFile> decode_config(const yaml::Document& document) {
    using T = ConfigFile;
    static constexpr std::array<Field<T>, 12> fields = {
        {{"namePrefix", member<T, &T::name_prefix>},
         {"nameSuffix", member<T, &T::name_suffix>},
         {"namespace", member<T, &T::space>},
         {"commonLabels", member<T, &T::common_labels>},
         {"labels", member<T, &T::labels>},
         {"templateLabels", member<T, &T::template_labels>},
         {"volumeClaimTemplateLabels", member<T, &T::volume_claim_template_labels>},
         {"commonAnnotations", member<T, &T::common_annotations>},
         {"nameReference", member<T, &T::name_references>},
         {"varReference", member<T, &T::variables>},
         {"images", member<T, &T::images>},
         {"replicas", member<T, &T::replicas>}}};
    ConfigFile file;
    if (!document.roots().empty())
        TRY(decode_fields(*document.roots().front(), file, std::span<const Field<T>>(fields)));
    return file;
}

Result<TransformerConfig> config_of(yaml::Arena& arena, const ConfigFile& file) {
    const auto list = [&](const Entries& entries) { return sorted_fields(arena, entries); };
    TransformerConfig config;
    config.name_prefix = list(file.name_prefix);
    config.name_suffix = list(file.name_suffix);
    config.space = list(file.space);
    config.common_labels = list(file.common_labels);
    config.labels = list(file.labels);
    config.template_labels = list(file.template_labels);
    config.volume_claim_template_labels = list(file.volume_claim_template_labels);
    config.common_annotations = list(file.common_annotations);
    config.images = list(file.images);
    config.replicas = list(file.replicas);
    config.variables = list(file.variables);
    std::vector<NameReferenceSpec> references;
    for (const ReferenceEntry& entry : file.name_references)
        references.push_back({field_spec(entry.target), field_specs(arena, entry.referrers)});
    config.name_references = TRY(with_references(arena, {}, references));
    return config;
}

Result<TransformerConfig> read_file(Build& build, const Loader& loader, const Text& path) {
    const File file = TRY(loader.load(path.value));
    const auto document = TRY(build.parse(file, yaml::Dialect::kustomization));
    // Here, other than in a kustomization file, a key may not be there twice: so read resources.
    TRY(yaml::Document::parse(file.title, file.text, yaml::Dialect::resource));
    const ConfigFile config = TRY(decode_config(*document));
    return config_of(build.arena(), config);
}

}  // namespace

Result<TransformerConfig> read_config(Build& build, const Loader& loader,
                                      const std::vector<Text>& paths) {
    if (paths.empty()) return default_config();
    TransformerConfig all;
    for (const Text& path : paths) {
        Result<TransformerConfig> one = read_file(build, loader, path);
        if (one.has_value()) one = merged(build.arena(), all, *one);
        if (one.has_value() && &path == &paths.back())
            one = merged(build.arena(), default_config(), *one);
        if (!one.has_value()) {
            Error error = std::move(one).error();
            error.message =
                "reading the configuration `" + std::string(path.value) + "`: " + error.message;
            if (!error.at) error.at = path.mark.location();
            return std::unexpected(std::move(error));
        }
        all = *one;
    }
    return all;
}

}  // namespace lockstep::kustomize
