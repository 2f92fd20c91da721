#include "kustomize/images.h"

#include <memory>
#include <string>
#include <vector>

#include "kustomize/image_name.h"
#include "kustomize/node_kind.h"
#include "kustomize/scalar.h"

namespace lockstep::kustomize {

namespace {

std::unexpected<Error> wrong_kind(const yaml::Node& node, yaml::Kind kind,
                                  std::string_view expected) {
    return fail(Error::Kind::invalid,
                wrong_node_kind(kind, node) + ": expected " + std::string(expected) +
                    " of a container here",
                {}, node.mark.location());
}

Result<void> add_image(yaml::Node& image, std::vector<yaml::Node*>& images) {
    if (image.is_null()) return {};
    if (!image.is_scalar()) return wrong_kind(image, yaml::Kind::scalar, "the image's name");
    images.push_back(&image);
    return {};
}

Result<void> find_in_list(yaml::Node& containers, std::vector<yaml::Node*>& images) {
    if (!containers.is_sequence()) return {};
    for (yaml::Node* const container : containers.items) {
        if (container->is_null()) continue;
        if (!container->is_mapping())
            return wrong_kind(*container, yaml::Kind::mapping, "the mapping");
        yaml::Node* const image = container->find("image");
        if (image != nullptr) TRY(add_image(*image, images));
    }
    return {};
}

/// The images below `node` in lists called containers or initContainers.
Result<void> find_in_tree(yaml::Node& node, std::vector<yaml::Node*>& images) {
    for (yaml::Node* const item : node.items) TRY(find_in_tree(*item, images));
    for (const yaml::Pair& pair : node.pairs) {
        if (pair.value->is_scalar()) continue;
        TRY(find_in_tree(*pair.value, images));
        if (pair.key->text == "containers" || pair.key->text == "initContainers")
            TRY(find_in_list(*pair.value, images));
    }
    return {};
}

Result<void> find_by_fields(Build& build, Resource& object, std::span<const FieldSpec> specs,
                            std::vector<yaml::Node*>& images) {
    const Gvk gvk = object.gvk();
    for (const FieldSpec& spec : specs) {
        if (!spec.matches(gvk)) continue;
        TRY(visit_field(build.arena(), *object.root, spec, Missing::skip,
                        [&](yaml::Node& image) { return add_image(image, images); }));
    }
    return {};
}

/// An entry, ready to be matched against many images.
class Rewrite {
  public:
    explicit Rewrite(const Image& image) : image_(image), pattern_(image.name.value) {}

    void apply(yaml::Arena& arena, yaml::Node& node) const {
        if (!pattern_.matches(node.text)) return;
        set_untyped(node, arena.copy(rewritten(node.text)), decider(node));
    }

  private:
    std::string rewritten(std::string_view old) const {
        const ImageParts parts = split_image(old);
        std::string tag(parts.tag);
        std::string digest(parts.digest);
        if (!image_.new_tag.empty() || !image_.digest.empty()) {
            tag = image_.new_tag.value;
            digest = image_.digest.value;
        } else if (!image_.tag_suffix.empty()) {
            tag += image_.tag_suffix.value;
            digest.clear();
        }
        std::string text(image_.new_name.empty() ? parts.name : image_.new_name.value);
        if (!tag.empty()) text += ":" + tag;
        if (!digest.empty()) text += "@" + digest;
        return text;
    }

    yaml::Mark decider(const yaml::Node& old) const {
        for (const Text* const text : {&image_.new_tag, &image_.digest, &image_.tag_suffix})
            if (!text->empty()) return text->mark;
        return old.mark;
    }

    const Image& image_;
    ImagePattern pattern_;
};

}  // namespace

Result<void> apply_images(Build& build, Resources& objects, std::span<const Image> images,
                          std::span<const FieldSpec> specs) {
    if (images.empty()) return {};
    std::vector<std::unique_ptr<const Rewrite>> rewrites;
    for (const Image& image : images) rewrites.push_back(std::make_unique<const Rewrite>(image));
    std::vector<yaml::Node*> found;
    for (Resource* const object : objects) {
        if (object->root->text_of("kind") == "CustomResourceDefinition") continue;
        found.clear();
        // An image that both rules find is rewritten twice: kustomize appends tagSuffix twice, too.
        TRY(find_in_tree(*object->root, found));
        TRY(find_by_fields(build, *object, specs, found));
        for (const auto& rewrite : rewrites)
            for (yaml::Node* const image : found) rewrite->apply(build.arena(), *image);
        TRY(build.check_size());
    }
    return {};
}

}  // namespace lockstep::kustomize
