#include "release/chart_package.h"

#include <sstream>
#include <utility>

#include "http/text_source.h"
#include "json/writer.h"
#include "yaml/parse.h"

namespace lockstep::release {

namespace {

constexpr std::string_view config_type = "application/vnd.cncf.helm.config.v1+json";
constexpr std::string_view layer_type = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
constexpr std::string_view manifest_type = "application/vnd.oci.image.manifest.v1+json";

/// Chart.yaml has texts, lists and mappings of them, and one field that is true or false.
void write_node(const yaml::Node& node, std::string_view key, json::Writer& writer) {
    if (node.is_mapping()) {
        writer.begin_object();
        for (const auto& pair : node.pairs) {
            writer.key(pair.key->text);
            write_node(*pair.value, pair.key->text, writer);
        }
        writer.end_object();
    } else if (node.is_sequence()) {
        writer.begin_array();
        for (const yaml::Node* const item : node.items) write_node(*item, key, writer);
        writer.end_array();
    } else if (node.is_null()) {
        writer.null();
    } else if (key == "deprecated" || key == "enabled") {
        writer.boolean(node.text == "true");
    } else {
        writer.string(node.text);
    }
}

std::string chart_file(const std::string& path) {
    return path.empty() ? "Chart.yaml" : path + "/Chart.yaml";
}

Result<std::shared_ptr<const yaml::Document>> parse_chart(const FileTree& tree,
                                                          const std::string& path) {
    const std::string name = chart_file(path);
    const Blob text = TRY(tree.read(name), "the chart `" + path + '`');
    auto document = TRY(yaml::Document::parse(name, text, yaml::Dialect::resource));
    if (document->roots().empty() || !document->roots().front()->is_mapping())
        return fail(Error::Kind::invalid, "this is no mapping", {}, Location{name, 1, 1});
    return document;
}

ChartName name_in(const yaml::Document& document) {
    const yaml::Node& root = *document.roots().front();
    return {std::string(root.text_of("name")), std::string(root.text_of("version"))};
}

oci::Descriptor descriptor_of(std::string_view type, std::string_view bytes) {
    return {
        .media_type = std::string(type), .digest = oci::Digest::of(bytes), .size = bytes.size()};
}

void write_descriptor(const oci::Descriptor& descriptor, json::Writer& writer) {
    writer.begin_object();
    writer.key("mediaType").string(descriptor.media_type);
    writer.key("digest").string(descriptor.digest.str());
    writer.key("size").integer(static_cast<std::int64_t>(descriptor.size)).end_object();
}

std::string manifest_of(const ChartPackage& package) {
    std::ostringstream out;
    {
        json::Writer writer(out, json::Style::compact);
        writer.begin_object().key("schemaVersion").integer(2);
        writer.key("mediaType").string(manifest_type);
        writer.key("config");
        write_descriptor(descriptor_of(config_type, package.config), writer);
        writer.key("layers").begin_array();
        write_descriptor(descriptor_of(layer_type, package.archive), writer);
        writer.end_array();
        writer.key("annotations").begin_object();
        writer.key("org.opencontainers.image.title").string(package.name);
        writer.key("org.opencontainers.image.version").string(package.version);
        writer.end_object().end_object();
    }
    return std::move(out).str();
}

Result<void> put_blob(const Held& place, std::string_view type, std::string_view bytes) {
    const oci::Descriptor blob = descriptor_of(type, bytes);
    if (TRY(place.store->has_blob(place.reference.path(), blob))) return {};
    http::TextSource source(bytes);
    return place.store->write_blob(place.reference.path(), blob, source);
}

}  // namespace

Result<ChartName> read_chart_name(const FileTree& tree, const std::string& path) {
    const auto document = TRY(parse_chart(tree, path));
    ChartName chart = name_in(*document);
    if (chart.name.empty() || chart.version.empty())
        return fail(Error::Kind::invalid, "a chart has a `name` and a `version`", {},
                    Location{chart_file(path), 1, 1});
    return chart;
}

Result<ChartPackage> package_chart(Site& site, const git::ObjectId& commit, const std::string& path,
                                   std::int64_t time) {
    git::Repository& repository = site.journal().repository();
    const auto tree = repository.tree(TRY(repository.resolve(commit.hex())).tree);
    ChartName chart = TRY(read_chart_name(*tree, path));
    const auto document = TRY(parse_chart(*tree, path));
    ChartPackage package{.name = chart.name, .version = chart.version};
    std::ostringstream config;
    {
        json::Writer writer(config, json::Style::compact);
        write_node(*document->roots().front(), {}, writer);
    }
    package.config = std::move(config).str();
    package.archive = TRY(site.draft().archive(commit, path, chart.name, time),
                          "packaging the chart `" + path + '`');
    return package;
}

Result<std::string> push_chart(const Held& place, const ChartPackage& package) {
    TRY(put_blob(place, config_type, package.config));
    TRY(put_blob(place, layer_type, package.archive));
    const std::string bytes = manifest_of(package);
    const images::RawManifest manifest{.descriptor = descriptor_of(manifest_type, bytes),
                                       .bytes = bytes};
    TRY(place.store->write_manifest(place.by_tag(), manifest, images::Store::IfExists::replace));
    return manifest.descriptor.digest.str();
}

}  // namespace lockstep::release
