#include "kustomize/objects.h"

#include <algorithm>
#include <memory>
#include <string>

#include "kustomize/comment_schemas.h"
#include "kustomize/inline_text.h"
#include "kustomize/internal_notes.h"
#include "kustomize/yaml_text.h"

namespace lockstep::kustomize {

namespace {

constexpr std::string_view hash_note = "internal.config.kubernetes.io/needsHashSuffix";

bool is_empty(const yaml::Node& node) {
    return node.is_null() || (node.is_mapping() && node.pairs.empty());
}

std::unexpected<Error> invalid(const yaml::Node& at, std::string message, std::string hint = {}) {
    return fail(Error::Kind::invalid, std::move(message), std::move(hint), at.mark.location());
}

Result<void> check_object(const yaml::Node& node) {
    if (!node.is_mapping()) return invalid(node, "missing Resource metadata: this is no object");
    const std::string_view kind = node.text_of("kind");
    if (kind.empty()) return invalid(node, "missing kind in object", "say what it is: `kind`");
    if (kind.ends_with("List")) return {};
    const yaml::Node* const metadata = node.find("metadata");
    const yaml::Node* const name = metadata == nullptr ? nullptr : metadata->find("name");
    if (name == nullptr || !name->is_scalar() || name->is_null() || name->text.empty())
        return invalid(node, "missing metadata.name in object of kind " + std::string(kind),
                       "give it a name");
    return {};
}

/// Whether the text is one document for kustomize, which cuts at every whole line that begins with
/// "---" but the first.
bool is_single_piece(std::string_view text) {
    const std::size_t cut = text.find("\n---");
    return cut == std::string_view::npos || text.find('\n', cut + 1) == std::string_view::npos;
}

/// Items that are moved out of a list pass through JSON, where folded texts lose their style (and
/// so the newline that kustomize's printing would add to them).
void forget_folding(yaml::Node& node) {
    if (node.is_scalar() && node.style == yaml::Style::folded)
        node.style = yaml::Style::double_quoted;
    for (yaml::Node* const item : node.items) forget_folding(*item);
    for (const yaml::Pair& pair : node.pairs) {
        forget_folding(*pair.key);
        forget_folding(*pair.value);
    }
}

/// The nodes of the queue, lists replaced by their items behind everything else.
Result<std::vector<yaml::Node*>> without_lists(std::vector<yaml::Node*> queue) {
    std::vector<yaml::Node*> objects;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        yaml::Node* const node = queue[next];
        const yaml::Node* const items =
            node->text_of("kind").ends_with("List") ? node->find("items") : nullptr;
        if (items == nullptr) {
            objects.push_back(node);
            continue;
        }
        if (items->is_null()) continue;
        if (!items->is_sequence()) return invalid(*items, "expected array in `items` of a list");
        for (yaml::Node* const item : items->items) {
            if (is_empty(*item)) continue;
            TRY(check_object(*item));
            forget_folding(*item);
            queue.push_back(item);
        }
    }
    return objects;
}

/// The items of a `List` that is the only document of its text take its place.
bool is_unwrapped_in_place(const yaml::Node& node) {
    const std::string_view kind = node.text_of("kind");
    return (kind == "List" || kind == "ResourceList") &&
           (node.find("items") != nullptr || node.find("functionConfig") != nullptr);
}

}  // namespace

Result<std::vector<Resource*>> read_objects(Build& build, yaml::Trees trees) {
    std::vector<yaml::Node*> nodes = std::move(trees.roots);
    const bool is_one_root = nodes.size() == 1 && nodes.front()->mark.source != nullptr;
    bool is_unwrapped = false;
    if (nodes.size() == 1 && is_unwrapped_in_place(*nodes.front()) &&
        is_single_piece(*trees.source->text)) {
        const yaml::Node* const items = nodes.front()->find("items");
        nodes.clear();
        if (items != nullptr) nodes.assign(items->items.begin(), items->items.end());
        is_unwrapped = true;
    }
    std::erase_if(nodes, [](const yaml::Node* node) { return is_empty(*node); });
    for (const yaml::Node* const node : nodes) TRY(check_object(*node));
    TRY(read_comment_schemas(build, *trees.source, nodes));
    std::vector<Resource*> resources;
    const std::vector<yaml::Node*> objects = TRY(without_lists(std::move(nodes)));
    for (yaml::Node* const node : objects) {
        Resource* const object = TRY(build.add(node));
        const yaml::Node* const annotations = node->at("metadata", "annotations");
        const bool has_hash = annotations != nullptr && annotations->find(hash_note) != nullptr;
        // Its hash asks how the file is written, which only a plain file of one object shows here.
        if (has_hash && is_one_root && !is_unwrapped && !loses_something(*trees.source->text))
            object->read_as = clone(build.arena(), *node);
        TRY(take_internal_notes(*object));
        resources.push_back(object);
    }
    return resources;
}

Result<std::vector<Resource*>> read_objects(Build& build, const yaml::Document& document) {
    yaml::Trees trees{&document.source(), {}};
    for (const yaml::Node* const root : document.roots())
        trees.roots.push_back(yaml::clone(build.arena(), *root));
    return read_objects(build, std::move(trees));
}

Result<std::vector<Resource*>> read_inline_objects(Build& build, const Text& text) {
    const std::size_t first = std::min(text.value.find_first_not_of(" \t\r\n"), text.value.size());
    const bool is_indented = first != 0 && text.value[first - 1] != '\n';
    if (is_indented && text.value.find('\n') != std::string_view::npos)
        return fail(Error::Kind::unsupported, "unsupported: an object whose first line is indented",
                    "write it as a literal block: `|`", text.mark.location());
    const InlineText lines(text);
    const std::string title = text.mark.source == nullptr ? "a text" : text.mark.source->path;
    const auto place = [&](const Error& error) {
        Error placed = error;
        lines.place(placed);
        return std::unexpected(std::move(placed));
    };
    const auto document = build.parse(title, std::make_shared<const std::string>(lines.text()),
                                      yaml::Dialect::resource);
    if (!document.has_value()) return place(document.error());
    Result<std::vector<Resource*>> objects = read_objects(build, **document);
    if (!objects.has_value()) return place(objects.error());
    for (Resource* const object : *objects) lines.place(*object->root);
    return objects;
}

}  // namespace lockstep::kustomize
