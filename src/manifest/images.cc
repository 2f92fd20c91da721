#include "manifest/images.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "manifest/container_images.h"
#include "manifest/field_path.h"
#include "manifest/image_mapping.h"
#include "manifest/image_text.h"
#include "manifest/place.h"
#include "manifest/version_like.h"
#include "oci/reference.h"

namespace lockstep::manifest {

namespace {

bool is_container_list(std::string_view key) {
    return key == "containers" || key == "initContainers" || key == "ephemeralContainers";
}

/// Kubernetes' own limit for names is 253: what is longer only costs memory, once for each place.
std::string_view bounded(std::string_view name) {
    return name.substr(0, 253);
}

/// The search of one object. Walks without recursion: patches can nest objects without end.
class Search {
  public:
    Search(const yaml::Node& object, const Origin& origin, const Fields& fields,
           std::vector<Declaration>& found)
        : object_(object), origin_(origin), fields_(fields), found_(found), first_(found.size()) {
        const yaml::Node* const metadata = object.find("metadata");
        name_.kind = bounded(object.text_of("kind"));
        if (metadata != nullptr) name_.name_space = bounded(metadata->text_of("namespace"));
        if (metadata != nullptr) name_.name = bounded(metadata->text_of("name"));
        // These exist to name images, so that whatever they name is one.
        if (name_.kind == "ClusterServiceVersion" || name_.kind == "CatalogSource")
            image_fields_ = Certainty::certain;
    }

    void run() {
        if (name_.kind == "CustomResourceDefinition") return;
        if (name_.kind == "ClusterServiceVersion" && origin_.surface != Surface::helm)
            declare_version();
        if (name_.kind != "ConfigMap" && name_.kind != "Secret") walk();
        for (const std::string& path : fields_.paths) search_path(path);
    }

  private:
    struct Frame {
        const yaml::Node* node;
        std::size_t parent;  // the frame it stands in; its own index for the root
        const yaml::Node* key;
        std::size_t index;  // in a sequence
    };

    void walk() {
        std::vector<std::size_t> pending{0};
        frames_.push_back({&object_, 0, nullptr, 0});
        while (!pending.empty() && found_.size() < declaration_limit) {
            const std::size_t at = pending.back();
            pending.pop_back();
            const std::size_t first_child = frames_.size();
            visit(at);
            for (std::size_t child = frames_.size(); child > first_child; --child)
                pending.push_back(child - 1);
        }
    }

    void visit(std::size_t at) {
        const yaml::Node& node = *frames_[at].node;
        if (node.is_mapping()) visit_mapping(node, at);
        for (std::size_t item = 0; item < node.items.size(); ++item)
            if (!node.items[item]->is_scalar())
                frames_.push_back({node.items[item], at, nullptr, item});
    }

    void visit_mapping(const yaml::Node& mapping, std::size_t at) {
        const bool container = is_container(at);
        if (container)
            find_container_images(mapping, path_of(at), fields_, [this](NamedImage image) {
                declare(*image.scalar, std::move(image.field), image.text);
            });
        else
            visit_parts(mapping, at);
        for (const yaml::Pair& pair : mapping.pairs) {
            const yaml::Node& value = *pair.value;
            if (!value.is_scalar()) {
                frames_.push_back({&value, at, pair.key, 0});
            } else if (!container && is_image_field(pair.key->text, value, at)) {
                declare(value, with_key(path_of(at), pair.key->text), value.text);
            }
        }
    }

    /// "app.v1.2.3" is the name that version 1.2.3 of app must have.
    void declare_version() {
        const std::size_t end = std::min(name_.name.find(".v"), name_.name.size());
        const auto add = [&](const yaml::Node* scalar, const char* field, std::string_view text) {
            if (scalar == nullptr || !scalar->is_scalar() || !is_version_like(text)) return;
            Declaration declaration = make(*scalar, field);
            declaration.subject = Subject::object_version;
            declaration.image = name_.name.substr(0, end);
            declaration.declared = text;
            found_.push_back(std::move(declaration));
        };
        const yaml::Node* const metadata = object_.find("metadata");
        const yaml::Node* const spec = object_.find("spec");
        if (end + 2 < name_.name.size())
            add(metadata->find("name"), "metadata.name",
                std::string_view(name_.name).substr(end + 2));
        if (spec != nullptr) add(spec->find("version"), "spec.version", spec->text_of("version"));
    }

    bool is_container(std::size_t at) const {
        if (frames_[at].key != nullptr || at == 0) return false;
        const yaml::Node* const list_key = frames_[frames_[at].parent].key;
        return list_key != nullptr && is_container_list(list_key->text);
    }

    /// `key: value` in the mapping of frame `at`.
    bool is_image_field(std::string_view key, const yaml::Node& value, std::size_t at) const {
        if (!value.is_string()) return false;
        const yaml::Node* const parent_key = frames_[at].key;
        const bool volume =
            key == "reference" && parent_key != nullptr && parent_key->text == "image";
        if (volume) return !value.text.empty();
        if (key != "image" && !key.ends_with("Image")) return false;
        // What an annotation names is shown, not run: without a version it claims nothing.
        const bool shown = parent_key != nullptr && parent_key->text == "annotations";
        return is_image(value.text, shown ? Certainty::likely : image_fields_);
    }

    /// An image spelt by several keys of one mapping.
    void visit_parts(const yaml::Node& mapping, std::size_t at) {
        if (mapping.find("repository") == nullptr) return;
        const yaml::Node* const key = frames_[at].key;
        const auto image =
            read_image_mapping(mapping, key == nullptr ? std::string_view() : key->text);
        if (image && image->tag != nullptr && is_version_like(image->tag_text))
            declare_parts(*image, path_of(at));
    }

    void declare_parts(const ImageMapping& image, const std::string& path) {
        const yaml::Node& decider = image.tag != nullptr ? *image.tag : *image.named_by;
        Declaration declaration = make(decider, path);
        declaration.image = image.name;
        declaration.declared = image.tag_text;
        declaration.digest = image.digest;
        found_.push_back(std::move(declaration));
    }

    void declare(const yaml::Node& scalar, std::string field, std::string_view text) {
        const oci::Parts parts = oci::split(text);
        Declaration declaration = make(scalar, std::move(field));
        declaration.image = parts.name;
        declaration.declared = parts.tag;
        declaration.digest = parts.digest;
        found_.push_back(std::move(declaration));
    }

    Declaration make(const yaml::Node& scalar, std::string field) const {
        Declaration declaration{.surface = origin_.surface, .subject = Subject::image};
        declaration.root = origin_.root;
        declaration.object = name_;
        declaration.field = std::move(field);
        return at_place(place_of(scalar.mark), std::move(declaration));
    }

    void search_path(const std::string& path) {
        for (Found& there : follow(object_, path)) {
            if (found_.size() >= declaration_limit) return;
            if (is_known(there.path)) continue;
            const yaml::Node& node = *there.node;
            if (node.is_mapping()) {
                if (const auto image = read_image_mapping(node, "image"))
                    declare_parts(*image, there.path);
            } else if (node.is_scalar() && !node.is_null() && !node.text.empty()) {
                declare(node, std::move(there.path), node.text);
            }
        }
    }

    bool is_known(std::string_view field) const {
        for (std::size_t at = first_; at < found_.size(); ++at)
            if (found_[at].field == field) return true;
        return false;
    }

    std::string path_of(std::size_t at) const {
        std::vector<std::size_t> chain;
        for (; at != 0; at = frames_[at].parent) chain.push_back(at);
        std::string path;
        for (auto step = chain.rbegin(); step != chain.rend(); ++step) {
            const Frame& frame = frames_[*step];
            path = frame.key == nullptr ? with_index(path, frame.index)
                                        : with_key(path, frame.key->text);
        }
        return path;
    }

    const yaml::Node& object_;
    const Origin& origin_;
    const Fields& fields_;
    std::vector<Declaration>& found_;
    const std::size_t first_;  // of this object in `found_`
    ObjectName name_;
    Certainty image_fields_ = Certainty::unlikely;
    std::vector<Frame> frames_;
};

bool is_list(const yaml::Node& object) {
    const yaml::Node* const items = object.find("items");
    return object.text_of("kind").ends_with("List") && items != nullptr && items->is_sequence();
}

}  // namespace

void find_images(const yaml::Node& object, const Origin& origin, const Fields& fields,
                 std::vector<Declaration>& found) {
    std::vector<const yaml::Node*> pending{&object};
    while (!pending.empty()) {
        const yaml::Node& next = *pending.back();
        pending.pop_back();
        if (!next.is_mapping()) continue;
        if (!is_list(next)) {
            Search(next, origin, fields, found).run();
            continue;
        }
        const yaml::Node& items = *next.find("items");
        for (std::size_t at = items.items.size(); at > 0; --at)
            pending.push_back(items.items[at - 1]);
    }
}

}  // namespace lockstep::manifest
