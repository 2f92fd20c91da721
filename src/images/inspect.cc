#include "images/inspect.h"

#include <algorithm>
#include <map>
#include <utility>

#include "oci/media_type.h"

namespace lockstep::images {

namespace {

constexpr unsigned depth_max = 4;                  // of indexes in indexes
constexpr std::size_t manifests_per_image = 1000;  // more is no image that anybody made
constexpr std::size_t batch = 64;                  // answers held at once, unread

/// A manifest that is being read, in the tree of its image.
struct Node {
    std::size_t image = 0;
    ManifestName name;
    std::optional<oci::Descriptor> entry = {};  // of the index that names it
    unsigned depth = 0;
    std::optional<oci::Descriptor> descriptor = {};  // once it was read
    std::optional<oci::Document> document = {};
    std::vector<std::size_t> children = {};
    std::optional<oci::Config> config = {};
};

std::string shown(const ManifestName& name) {
    return name.repository + (name.is_digest() ? '@' : ':') + name.tag_or_digest;
}

/// An error about a part of an image is not one about the image: "not found" would say that there
/// is no image.
Error of_part(Error error, const std::string& part) {
    if (error.kind == Error::Kind::not_found) error.kind = Error::Kind::corrupt;
    error.message = part + ": " + error.message;
    return error;
}

class Inspection {
  public:
    Inspection(Store& store, std::span<const ManifestName> names)
        : store_(store), failures_(names.size()), counts_(names.size()) {
        for (std::size_t image = 0; image < names.size(); ++image)
            nodes_.push_back({.image = image, .name = names[image]});
    }

    std::vector<Result<Inspected>> run() {
        std::vector<std::size_t> level(nodes_.size());
        for (std::size_t at = 0; at < level.size(); ++at) level[at] = at;
        const std::size_t images = level.size();
        while (!level.empty()) level = read_level(level);
        read_configs();
        std::vector<Result<Inspected>> results;
        results.reserve(images);
        for (std::size_t image = 0; image < images; ++image) {
            if (failures_[image].has_value())
                results.emplace_back(std::unexpected<Error>(std::move(*failures_[image])));
            else
                results.emplace_back(inspected(nodes_[image]));
        }
        return results;
    }

  private:
    bool has_failed(const Node& node) const { return failures_[node.image].has_value(); }
    void fail_image(const Node& node, Error error) {
        if (has_failed(node)) return;
        failures_[node.image] =
            node.entry.has_value() ? of_part(std::move(error), part_of(node)) : std::move(error);
    }
    static std::string part_of(const Node& node) {
        return "manifest " + node.entry->digest.str() +
               (node.entry->platform.has_value() ? " of " + to_string(*node.entry->platform) : "");
    }

    /// Reads the manifests of one level, each once; the nodes below them.
    std::vector<std::size_t> read_level(const std::vector<std::size_t>& level) {
        std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> wanted;
        for (const std::size_t at : level)
            if (!has_failed(nodes_[at]))
                wanted[{nodes_[at].name.repository, nodes_[at].name.tag_or_digest}].push_back(at);
        std::vector<ManifestName> names;
        std::vector<std::vector<std::size_t>> of_name;
        for (auto& [name, nodes] : wanted) {
            names.push_back({name.first, name.second});
            of_name.push_back(std::move(nodes));
        }
        std::vector<std::size_t> below;
        for (std::size_t start = 0; start < names.size(); start += batch) {
            const std::span some =
                std::span(names).subspan(start, std::min(batch, names.size() - start));
            const std::vector<Result<RawManifest>> manifests = store_.read_manifests(some);
            for (std::size_t at = 0; at < some.size(); ++at)
                for (const std::size_t node : of_name[start + at]) take(node, manifests[at], below);
        }
        return below;
    }

    void take(std::size_t at, const Result<RawManifest>& manifest,
              std::vector<std::size_t>& below) {
        Node& node = nodes_[at];
        Result<oci::Document> document = read(node, manifest);
        if (!document.has_value()) return fail_image(node, std::move(document.error()));
        node.descriptor = manifest->descriptor;
        node.document = std::move(*document);
        const auto* const index = std::get_if<oci::Index>(&*node.document);
        if (index == nullptr) return;
        const std::vector<oci::Descriptor> entries = index->manifests;
        if (node.depth == depth_max)
            return fail_image(node, {.kind = Error::Kind::invalid,
                                     .message = "indexes within indexes, more than " +
                                                std::to_string(depth_max) + " deep",
                                     .hint = "",
                                     .at = {}});
        if ((counts_[node.image] += entries.size()) > manifests_per_image)
            return fail_image(node, {.kind = Error::Kind::invalid,
                                     .message = "the image has more than " +
                                                std::to_string(manifests_per_image) + " manifests",
                                     .hint = "",
                                     .at = {}});
        add_children(at, entries, below);
    }

    static Result<oci::Document> read(const Node& node, const Result<RawManifest>& manifest) {
        if (!manifest.has_value()) return std::unexpected<Error>(manifest.error());
        const oci::Descriptor& found = manifest->descriptor;
        if (node.entry.has_value() && node.entry->size != found.size)
            return fail(Error::Kind::invalid, "it has " + std::to_string(found.size) +
                                                  " bytes, its index says " +
                                                  std::to_string(node.entry->size));
        if (node.entry.has_value() && !node.entry->media_type.empty() &&
            node.entry->media_type != found.media_type)
            return fail(Error::Kind::invalid, "it is `" + found.media_type + "`, its index says `" +
                                                  node.entry->media_type + '`');
        return oci::parse_document(shown(node.name), found.media_type, manifest->bytes);
    }

    void add_children(std::size_t at, const std::vector<oci::Descriptor>& entries,
                      std::vector<std::size_t>& below) {
        for (const oci::Descriptor& entry : entries) {
            if (oci::is_attestation(entry)) continue;
            nodes_[at].children.push_back(nodes_.size());
            below.push_back(nodes_.size());
            nodes_.push_back({.image = nodes_[at].image,
                              .name = {nodes_[at].name.repository, entry.digest.str()},
                              .entry = entry,
                              .depth = nodes_[at].depth + 1});
        }
    }

    /// The config of a node that is a platform's image; nullptr for an index and an artifact.
    static const oci::Descriptor* config_of(const Node& node) {
        if (!node.document.has_value()) return nullptr;
        const auto* const manifest = std::get_if<oci::Manifest>(&*node.document);
        if (manifest == nullptr) return nullptr;
        const oci::Descriptor& config = manifest->config;
        return oci::media_type::is_image_config(config.media_type) ? &config : nullptr;
    }

    void read_configs() {
        std::map<std::string, std::map<oci::Digest, std::vector<std::size_t>>> wanted;
        for (std::size_t at = 0; at < nodes_.size(); ++at)
            if (const oci::Descriptor* const config = config_of(nodes_[at]);
                config != nullptr && !has_failed(nodes_[at]))
                wanted[nodes_[at].name.repository][config->digest].push_back(at);
        for (const auto& [repository, digests] : wanted) {
            std::vector<oci::Descriptor> blobs;
            std::vector<const std::vector<std::size_t>*> of_blob;
            for (const auto& [digest, nodes] : digests) {
                blobs.push_back(*config_of(nodes_[nodes.front()]));
                of_blob.push_back(&nodes);
            }
            read_configs(repository, blobs, of_blob);
        }
    }

    void read_configs(const std::string& repository, const std::vector<oci::Descriptor>& blobs,
                      const std::vector<const std::vector<std::size_t>*>& of_blob) {
        for (std::size_t start = 0; start < blobs.size(); start += batch) {
            const std::span some =
                std::span(blobs).subspan(start, std::min(batch, blobs.size() - start));
            const std::vector<Result<std::string>> texts = store_.read_blobs(repository, some);
            for (std::size_t at = 0; at < some.size(); ++at)
                for (const std::size_t node : *of_blob[start + at])
                    take_config(nodes_[node], texts[at]);
        }
    }

    void take_config(Node& node, const Result<std::string>& text) {
        const std::string digest = config_of(node)->digest.str();
        Result<oci::Config> config =
            text.has_value() ? oci::parse_config(node.name.repository + '@' + digest, *text)
                             : std::unexpected<Error>(text.error());
        if (config.has_value())
            node.config = std::move(*config);
        else
            fail_image(node, of_part(std::move(config.error()), "config " + digest));
    }

    /// The platforms below a node, in the order of their indexes.
    void collect(const Node& node, std::vector<PlatformImage>& platforms) const {
        for (const std::size_t child : node.children) collect(nodes_[child], platforms);
        if (!node.config.has_value()) return;
        const bool has_platform = node.entry.has_value() && node.entry->platform.has_value();
        platforms.push_back(
            {.platform = has_platform ? *node.entry->platform : node.config->platform,
             .manifest = *node.descriptor,
             .annotations = oci::annotations_of(*node.document),
             .config = *node.config,
             .config_digest = config_of(node)->digest.str()});
    }

    Inspected inspected(const Node& root) const {
        Inspected result{.descriptor = *root.descriptor,
                         .is_index = std::holds_alternative<oci::Index>(*root.document),
                         .annotations = oci::annotations_of(*root.document),
                         .platforms = {},
                         .artifact_type = {}};
        collect(root, result.platforms);
        if (result.platforms.empty()) result.artifact_type = oci::artifact_type_of(*root.document);
        return result;
    }

    Store& store_;
    std::vector<Node> nodes_;  // those of the images first
    std::vector<std::optional<Error>> failures_;
    std::vector<std::size_t> counts_;
};

}  // namespace

std::vector<Result<Inspected>> inspect(Store& store, std::span<const ManifestName> names) {
    return Inspection(store, names).run();
}

}  // namespace lockstep::images
