#include <algorithm>

#include "project/checks.h"
#include "project/project.h"
#include "project/read_release.h"
#include "project/reader.h"
#include "yaml/parse.h"

namespace lockstep::project {

namespace {

constexpr std::string_view project_keys[] = {"name",        "images", "registries", "tags",
                                             "ignoredTags", "charts", "paths",      "texts",
                                             "fields",      "rules",  "release"};
constexpr std::string_view image_keys[] = {"name",      "aliases", "retired", "tag",       "labels",
                                           "component", "build",   "staging", "platforms", "probe"};
constexpr std::string_view registry_keys[] = {"name", "layout", "mirrors", "retired"};
constexpr std::string_view chart_keys[] = {"path",       "tags",      "version",
                                           "appVersion", "component", "publish"};
constexpr std::string_view path_keys[] = {"path", "expect", "reason"};
constexpr std::string_view text_keys[] = {"path", "patterns"};
constexpr std::string_view field_keys[] = {"environment", "arguments", "paths"};

using Expect = PathRule::Expect;
constexpr Expect all_expects[] = {Expect::release, Expect::floating, Expect::directory,
                                  Expect::ignored};
constexpr std::string_view severities[] = {"off", "note", "warning", "error"};

Result<Image::Labels> read_labels(const Item& item) {
    const std::string text = TRY(read_text(item));
    if (text == "required") return Image::Labels::required;
    if (text == "optional") return Image::Labels::optional;
    return unexpected_value(item, "`required` or `optional`");
}

Result<Image> read_image(const Item& item) {
    Image image;
    if (item.node->is_scalar()) {
        image.name = TRY(read_text(item, fault_of_image_name));
        return image;
    }
    TRY(check_mapping(item, image_keys));
    image.name = TRY(read_text(TRY(required(item, "name")), fault_of_image_name));
    image.aliases = TRY(read_texts(child(item, "aliases"), fault_of_image_name));
    image.retired = TRY(read_texts(child(item, "retired"), fault_of_registry));
    image.tag = TRY(read_optional_pattern(child(item, "tag")));
    if (const std::optional<Item> labels = child(item, "labels"))
        image.labels = TRY(read_labels(*labels));
    if (const std::optional<Item> component = child(item, "component"))
        image.component = TRY(read_text(*component));
    if (const std::optional<Item> build = child(item, "build"))
        image.build = TRY(read_build(*build));
    if (const std::optional<Item> staging = child(item, "staging"))
        image.staging = TRY(read_text(*staging, fault_of_image_name));
    image.platforms = TRY(read_texts(child(item, "platforms"), fault_of_platform));
    if (const std::optional<Item> probe = child(item, "probe"))
        image.probe = TRY(read_command(*probe));
    return image;
}

Result<Registry> read_registry(const Item& item) {
    TRY(check_mapping(item, registry_keys));
    Registry registry;
    registry.name = TRY(read_text(TRY(required(item, "name")), fault_of_registry));
    if (const std::optional<Item> layout = child(item, "layout"))
        registry.layout = TRY(read_text(*layout, fault_of_layout));
    registry.mirrors = TRY(read_texts(child(item, "mirrors"), fault_of_mirror));
    if (const std::optional<Item> retired = child(item, "retired"))
        registry.retired = TRY(read_text(*retired));
    return registry;
}

Result<Chart> read_chart(const Item& item) {
    TRY(check_mapping(item, chart_keys));
    Chart chart;
    chart.path = TRY(read_text(TRY(required(item, "path")), fault_of_path));
    while (chart.path.size() > 1 && chart.path.ends_with('/')) chart.path.pop_back();
    if (chart.path == ".") chart.path.clear();
    chart.tags = TRY(read_optional_pattern(child(item, "tags")));
    chart.version = TRY(read_optional_pattern(child(item, "version")));
    chart.app_version = TRY(read_optional_pattern(child(item, "appVersion")));
    if (const std::optional<Item> component = child(item, "component"))
        chart.component = TRY(read_text(*component));
    if (const std::optional<Item> publish = child(item, "publish"))
        chart.publish = TRY(read_text(*publish, fault_of_repository));
    return chart;
}

Result<Expect> read_expect(const Item& item) {
    const std::string text = TRY(read_text(item));
    for (const Expect expect : all_expects)
        if (text == to_string(expect)) return expect;
    return unexpected_value(item, "`release`, `floating`, `directory` or `ignored`");
}

/// "deploy/" names a folder with all that is in it.
std::string whole_folder(const std::string& path) {
    return path.ends_with('/') ? path + "**" : path;
}

Result<PathRule> read_path_rule(const Item& item) {
    TRY(check_mapping(item, path_keys));
    PathRule rule;
    rule.path = whole_folder(TRY(read_text(TRY(required(item, "path")), fault_of_path)));
    rule.expect = TRY(read_expect(TRY(required(item, "expect"))));
    if (const std::optional<Item> reason = child(item, "reason"))
        rule.reason = TRY(read_text(*reason));
    return rule;
}

Result<Text> read_text_file(const Item& item) {
    if (item.node->is_scalar()) return Text{whole_folder(TRY(read_text(item, fault_of_path))), {}};
    TRY(check_mapping(item, text_keys));
    Text text;
    text.path = whole_folder(TRY(read_text(TRY(required(item, "path")), fault_of_path)));
    text.patterns = TRY(read_texts(child(item, "patterns"), fault_of_text_pattern));
    return text;
}

Result<Fields> read_fields(const Item& item) {
    TRY(check_mapping(item, field_keys));
    Fields fields;
    fields.environment = TRY(read_texts(child(item, "environment")));
    fields.arguments = TRY(read_texts(child(item, "arguments"), fault_of_flag));
    fields.paths = TRY(read_texts(child(item, "paths"), fault_of_field_path));
    return fields;
}

Result<std::string> read_severity(const Item& item) {
    const std::string severity = TRY(read_text(item));
    if (std::find(std::begin(severities), std::end(severities), severity) == std::end(severities))
        return unexpected_value(item, "`off`, `note`, `warning` or `error`");
    return severity;
}

Result<std::map<std::string, std::string, std::less<>>> read_rules(const Item& item) {
    TRY(check_mapping(item, rule_ids));
    std::map<std::string, std::string, std::less<>> rules;
    for (const std::string_view id : rule_ids)
        if (const std::optional<Item> severity = child(item, id))
            rules.emplace(id, TRY(read_severity(*severity)));
    return rules;
}

template <typename T>
Result<std::vector<T>> read_list(const std::optional<Item>& list, Result<T> (*read)(const Item&)) {
    std::vector<T> entries;
    for (const Item& item : TRY(items(list))) entries.push_back(TRY(read(item)));
    return entries;
}

Result<version::TagPattern> read_release_pattern(const Item& item) {
    return read_pattern(item, Component::allowed);
}

Result<Project> read_project(const Item& root) {
    TRY(check_mapping(root, project_keys));
    Project project;
    if (const std::optional<Item> name = child(root, "name")) project.name = TRY(read_text(*name));
    project.images = TRY(read_list(child(root, "images"), read_image));
    project.registries = TRY(read_list(child(root, "registries"), read_registry));
    project.tags = TRY(read_list(child(root, "tags"), read_release_pattern));
    project.ignored_tags = TRY(read_texts(child(root, "ignoredTags")));
    project.charts = TRY(read_list(child(root, "charts"), read_chart));
    project.paths = TRY(read_list(child(root, "paths"), read_path_rule));
    project.texts = TRY(read_list(child(root, "texts"), read_text_file));
    if (const std::optional<Item> fields = child(root, "fields"))
        project.fields = TRY(read_fields(*fields));
    if (const std::optional<Item> rules = child(root, "rules"))
        project.rules = TRY(read_rules(*rules));
    if (const std::optional<Item> release = child(root, "release"))
        project.release = TRY(read_release(*release));
    return project;
}

/// The document of the file, read as YAML 1.2: `off` is a text there, and a repeated key an error.
Result<std::shared_ptr<const yaml::Document>> read_document(const std::string& path, Blob text) {
    const yaml::Limits limits{
        .bytes = 1u << 20, .nodes = 100'000, .alias_nodes = 10'000, .depth = 50};
    auto document = yaml::Document::parse(path, std::move(text), yaml::Dialect::resource, limits);
    if (document.has_value()) return document;
    Error error = document.error();
    if (error.kind == Error::Kind::invalid) error.kind = Error::Kind::usage;
    return std::unexpected<Error>(std::move(error));
}

}  // namespace

std::string_view to_string(PathRule::Expect expect) {
    switch (expect) {
        case Expect::release:
            return "release";
        case Expect::floating:
            return "floating";
        case Expect::directory:
            return "directory";
        case Expect::ignored:
            return "ignored";
    }
    return "release";
}

Result<Project> parse(std::string path, Blob text) {
    const std::shared_ptr<const yaml::Document> document =
        TRY(read_document(path, std::move(text)));
    const std::vector<const yaml::Node*>& roots = document->roots();
    if (roots.size() > 1)
        return fail(Error::Kind::usage,
                    "a second document begins here; one was expected in this file", {},
                    roots[1]->mark.location());
    Project project;
    if (!roots.empty()) project = TRY(read_project({roots[0], ""}));
    project.source = std::move(path);
    return project;
}

}  // namespace lockstep::project
