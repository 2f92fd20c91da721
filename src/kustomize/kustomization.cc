#include "kustomize/kustomization.h"

#include <algorithm>
#include <array>
#include <string>

#include "kustomize/decode.h"

namespace lockstep::kustomize {

constexpr std::ptrdiff_t path_depth_max = 200;

template <typename T, std::size_t N>
static Result<void> decode_with(const yaml::Node& value, T& into,
                                const std::array<Field<T>, N>& fields) {
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

Result<void> check_depth(const Text& path) {
    if (std::ranges::count(path.value, '/') <= path_depth_max) return {};
    return fail(Error::Kind::unsupported,
                "unsupported: a path of more than " + std::to_string(path_depth_max) + " slashes",
                "no object is that deep", path.mark.location());
}

Result<void> decode(const yaml::Node& value, FieldSpecEntry& into) {
    using T = FieldSpecEntry;
    static constexpr std::array<Field<T>, 5> fields = {{{"group", member<T, &T::group>},
                                                        {"version", member<T, &T::version>},
                                                        {"kind", member<T, &T::kind>},
                                                        {"path", member<T, &T::path>},
                                                        {"create", member<T, &T::create>}}};
    TRY(decode_with(value, into, fields));
    return check_depth(into.path);
}

static Result<void> decode(const yaml::Node& value, Label& into) {
    using T = Label;
    static constexpr std::array<Field<T>, 5> fields = {
        {{"pairs", member<T, &T::pairs>},
         {"includeSelectors", member<T, &T::include_selectors>},
         {"includeTemplates", member<T, &T::include_templates>},
         {"includeVolumeClaimTemplates", member<T, &T::include_volume_claim_templates>},
         {"fields", member<T, &T::fields>}}};
    return decode_with(value, into, fields);
}

Result<void> decode(const yaml::Node& value, SelectorEntry& into) {
    using T = SelectorEntry;
    static constexpr std::array<Field<T>, 7> fields = {
        {{"group", member<T, &T::group>},
         {"version", member<T, &T::version>},
         {"kind", member<T, &T::kind>},
         {"name", member<T, &T::name>},
         {"namespace", member<T, &T::space>},
         {"annotationSelector", member<T, &T::annotation_selector>},
         {"labelSelector", member<T, &T::label_selector>}}};
    return decode_with(value, into, fields);
}

Result<void> decode(const yaml::Node& value, PatchOptions& into) {
    using T = PatchOptions;
    static constexpr std::array<Field<T>, 2> fields = {
        {{"allowNameChange", member<T, &T::allow_name_change>},
         {"allowKindChange", member<T, &T::allow_kind_change>}}};
    return decode_with(value, into, fields);
}

static Result<void> decode(const yaml::Node& value, Patch& into) {
    using T = Patch;
    static constexpr std::array<Field<T>, 4> fields = {{{"path", member<T, &T::path>},
                                                        {"patch", member<T, &T::patch>},
                                                        {"target", member<T, &T::target>},
                                                        {"options", member<T, &T::options>}}};
    into.mark = value.mark;
    return decode_with(value, into, fields);
}

Result<void> decode(const yaml::Node& value, Image& into) {
    using T = Image;
    static constexpr std::array<Field<T>, 5> fields = {{{"name", member<T, &T::name>},
                                                        {"newName", member<T, &T::new_name>},
                                                        {"tagSuffix", member<T, &T::tag_suffix>},
                                                        {"newTag", member<T, &T::new_tag>},
                                                        {"digest", member<T, &T::digest>}}};
    return decode_with(value, into, fields);
}

Result<void> decode(const yaml::Node& value, Replica& into) {
    using T = Replica;
    static constexpr std::array<Field<T>, 2> fields = {
        {{"name", member<T, &T::name>},
         {"count", [](const yaml::Node& count, T& replica) -> Result<void> {
              replica.count_mark = count.mark;
              return decode(count, replica.count);
          }}}};
    return decode_with(value, into, fields);
}

static Result<void> decode_object_reference(const yaml::Node& value, VariableEntry& into) {
    using T = VariableEntry;
    static constexpr std::array<Field<T>, 6> fields = {
        {{"apiVersion", member<T, &T::api_version>},
         {"group", member<T, &T::group>},
         {"version", member<T, &T::version>},
         {"kind", member<T, &T::kind>},
         {"name", member<T, &T::object_name>},
         {"namespace", member<T, &T::object_space>}}};
    return decode_with(value, into, fields);
}

static Result<void> decode_field_reference(const yaml::Node& value, VariableEntry& into) {
    using T = VariableEntry;
    static constexpr std::array<Field<T>, 1> fields = {{{"fieldPath", member<T, &T::path>}}};
    return decode_with(value, into, fields);
}

static Result<void> decode(const yaml::Node& value, VariableEntry& into) {
    using T = VariableEntry;
    static constexpr std::array<Field<T>, 3> fields = {{{"name", member<T, &T::name>},
                                                        {"objref", decode_object_reference},
                                                        {"fieldref", decode_field_reference}}};
    into.name.mark = value.mark;
    return decode_with(value, into, fields);
}

static Result<void> decode(const yaml::Node& value, GeneratorOptions& into) {
    using T = GeneratorOptions;
    static constexpr std::array<Field<T>, 4> fields = {
        {{"labels", member<T, &T::labels>},
         {"annotations", member<T, &T::annotations>},
         {"disableNameSuffixHash", member<T, &T::disable_name_suffix_hash>},
         {"immutable", [](const yaml::Node& immutable, T& options) -> Result<void> {
              options.immutable_mark = immutable.mark;
              return decode(immutable, options.immutable);
          }}}};
    return decode_with(value, into, fields);
}

// The fields that both generators have, then the one of Secrets.
constexpr std::array<Field<Generator>, 9> generator_fields = {
    {{"namespace", member<Generator, &Generator::space>},
     {"name", member<Generator, &Generator::name>},
     {"behavior", member<Generator, &Generator::behavior>},
     {"literals", member<Generator, &Generator::literals>},
     {"files", member<Generator, &Generator::files>},
     {"envs", member<Generator, &Generator::envs>},
     {"env", member<Generator, &Generator::env>},
     {"options", member<Generator, &Generator::options>},
     {"type", member<Generator, &Generator::type>}}};

Result<void> decode_generator(const yaml::Node& value, Generator& into, bool secret) {
    into.mark = value.mark;
    const std::size_t fields = generator_fields.size() - (secret ? 0 : 1);
    TRY(decode_fields(value, into, std::span(generator_fields).first(fields)));
    // The deprecated `env` is one more of `envs`.
    if (!into.env.empty()) into.envs.push_back(into.env);
    return {};
}

static Result<void> decode_generators(const yaml::Node& value, std::vector<Generator>& into,
                                      bool secrets) {
    if (value.is_null()) return {};
    if (!value.is_sequence()) return wrong_type(value, "a list");
    for (const yaml::Node* const item : value.items)
        TRY(decode_generator(*item, into.emplace_back(), secrets));
    return {};
}

using LegacySort = std::pair<std::vector<Text>, std::vector<Text>>;

static Result<void> decode(const yaml::Node& value, LegacySort& into) {
    static constexpr std::array<Field<LegacySort>, 2> fields = {
        {{"orderFirst", member<LegacySort, &LegacySort::first>},
         {"orderLast", member<LegacySort, &LegacySort::second>}}};
    return decode_with(value, into, fields);
}

static Result<void> decode(const yaml::Node& value, SortOptions& into) {
    using T = SortOptions;
    static constexpr std::array<Field<T>, 2> fields = {
        {{"order", member<T, &T::order>}, {"legacySortOptions", member<T, &T::legacy>}}};
    return decode_with(value, into, fields);
}

namespace {
struct Metadata {
    Text name, space;
    Pairs labels, annotations;
};
}  // namespace

static Result<void> decode(const yaml::Node& value, Metadata& into) {
    using T = Metadata;
    static constexpr std::array<Field<T>, 4> fields = {
        {{"name", member<T, &T::name>},
         {"namespace", member<T, &T::space>},
         {"labels", member<T, &T::labels>},
         {"annotations", member<T, &T::annotations>}}};
    return decode_with(value, into, fields);
}

namespace {
/// What is on its way from the file: the value, and what only the whole file can judge.
struct Draft {
    Kustomization value;
    Text kind, api_version;
    std::vector<HelmChart> old_charts;
    HelmGlobals old_globals;
    bool filled = false;  // whether any field but the header is there and not null
};
}  // namespace

template <auto Member>
static Result<void> field(const yaml::Node& value, Draft& into) {
    into.filled = into.filled || !value.is_null();
    return decode(value, into.value.*Member);
}

// A text that is "" leaves the file as empty as without it.
template <auto Member>
static Result<void> text_field(const yaml::Node& value, Draft& into) {
    TRY(decode(value, into.value.*Member));
    into.filled = into.filled || !(into.value.*Member).empty();
    return {};
}

constexpr std::array<Field<Draft>, 34> file_fields = {{
    {"kind", [](const yaml::Node& value, Draft& into) { return decode(value, into.kind); }},
    {"apiVersion",
     [](const yaml::Node& value, Draft& into) { return decode(value, into.api_version); }},
    {"metadata",
     [](const yaml::Node& value, Draft& into) -> Result<void> {
         into.filled = into.filled || !value.is_null();
         Metadata metadata;
         return decode(value, metadata);
     }},
    {"openapi", field<&Kustomization::open_api>},
    {"namePrefix", text_field<&Kustomization::name_prefix>},
    {"nameSuffix", text_field<&Kustomization::name_suffix>},
    {"namespace", text_field<&Kustomization::space>},
    {"commonLabels", field<&Kustomization::common_labels>},
    {"labels", field<&Kustomization::labels>},
    {"commonAnnotations", field<&Kustomization::common_annotations>},
    {"patchesStrategicMerge", field<&Kustomization::patches_strategic>},
    {"patchesJson6902", field<&Kustomization::patches_json>},
    {"patches", field<&Kustomization::patches>},
    {"images", field<&Kustomization::images>},
    {"imageTags", field<&Kustomization::image_tags>},
    {"replacements",
     [](const yaml::Node& value, Draft& into) -> Result<void> {
         into.filled = into.filled || !value.is_null();
         into.value.replacements = &value;
         return {};
     }},
    {"replicas", field<&Kustomization::replicas>},
    {"vars", field<&Kustomization::variables>},
    {"sortOptions", field<&Kustomization::sort_options>},
    {"resources", field<&Kustomization::resources>},
    {"components", field<&Kustomization::components>},
    {"crds", field<&Kustomization::crds>},
    {"bases", field<&Kustomization::bases>},
    {"configMapGenerator",
     [](const yaml::Node& value, Draft& into) -> Result<void> {
         into.filled = into.filled || !value.is_null();
         return decode_generators(value, into.value.config_maps, false);
     }},
    {"secretGenerator",
     [](const yaml::Node& value, Draft& into) -> Result<void> {
         into.filled = into.filled || !value.is_null();
         return decode_generators(value, into.value.secrets, true);
     }},
    {"helmGlobals", field<&Kustomization::helm_globals>},
    {"helmCharts", field<&Kustomization::helm_charts>},
    {"helmChartInflationGenerator",
     [](const yaml::Node& value, Draft& into) -> Result<void> {
         into.filled = into.filled || !value.is_null();
         return decode_old_charts(value, into.old_charts, into.old_globals);
     }},
    {"generatorOptions", field<&Kustomization::generator_options>},
    {"configurations", field<&Kustomization::configurations>},
    {"generators", field<&Kustomization::generators>},
    {"transformers", field<&Kustomization::transformers>},
    {"validators", field<&Kustomization::validators>},
    {"buildMetadata", field<&Kustomization::build_metadata>},
}};

namespace {

constexpr std::string_view component_kind = "Component";

Result<void> check_header(const Draft& draft) {
    const Text& kind = draft.kind;
    if (!kind.empty() && kind.value != "Kustomization" && kind.value != component_kind)
        return fail(
            Error::Kind::invalid,
            "kind should be Kustomization or Component: found `" + std::string(kind.value) + "`",
            {}, kind.mark.location());
    const std::string_view wanted = kind.value == component_kind
                                        ? "kustomize.config.k8s.io/v1alpha1"
                                        : "kustomize.config.k8s.io/v1beta1";
    const Text& version = draft.api_version;
    if (!version.empty() && version.value != wanted)
        return fail(Error::Kind::invalid,
                    "apiVersion for " + std::string(kind.empty() ? "Kustomization" : kind.value) +
                        " should be " + std::string(wanted) + ": found `" +
                        std::string(version.value) + "`",
                    {}, version.mark.location());
    return {};
}

std::string deprecation_warning(std::string_view field, std::string_view instead) {
    std::string text = "# Warning: '";
    text.append(field).append("' is deprecated. Please use '").append(instead).append("' instead.");
    if (field == "vars") text += " [EXPERIMENTAL]";
    text += " Run 'kustomize edit fix' to update your Kustomization automatically.";
    return text;
}

/// In the order in which kustomize warns.
std::vector<std::string> deprecation_warnings(const Kustomization& file) {
    std::vector<std::string> texts;
    const auto warn = [&](bool used, std::string_view field, std::string_view instead) {
        if (used) texts.push_back(deprecation_warning(field, instead));
    };
    warn(!file.bases.empty(), "bases", "resources");
    warn(!file.common_labels.empty(), "commonLabels", "labels");
    warn(!file.image_tags.empty(), "imageTags", "images");
    warn(!file.patches_json.empty(), "patchesJson6902", "patches");
    warn(!file.patches_strategic.empty(), "patchesStrategicMerge", "patches");
    warn(!file.variables.empty(), "vars", "replacements");
    return texts;
}

/// Deprecated fields mean what the present ones do.
void join_deprecated(Draft& draft) {
    Kustomization& file = draft.value;
    const HelmGlobals& globals = draft.old_globals;
    file.resources.insert(file.resources.end(), file.bases.begin(), file.bases.end());
    file.images.insert(file.images.end(), file.image_tags.begin(), file.image_tags.end());
    if (!file.helm_globals && !(globals.chart_home.empty() && globals.config_home.empty()))
        file.helm_globals = globals;
    file.helm_charts.insert(file.helm_charts.end(), draft.old_charts.begin(),
                            draft.old_charts.end());
}

}  // namespace

Result<Kustomization> decode_kustomization(std::shared_ptr<const yaml::Document> document) {
    Draft draft;
    const auto empty = [&] {
        return fail(Error::Kind::invalid, "the kustomization is empty", {},
                    Location{document->source().path, 1, 1});
    };
    if (document->roots().empty()) return empty();
    const yaml::Node& root = *document->roots().front();
    TRY(decode_with(root, draft, file_fields));
    if (!draft.filled) return empty();
    TRY(check_header(draft));
    join_deprecated(draft);
    Kustomization file = std::move(draft.value);
    file.component = draft.kind.value == component_kind;
    file.warnings = deprecation_warnings(file);
    file.document = std::move(document);
    return file;
}

}  // namespace lockstep::kustomize
