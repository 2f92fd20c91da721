#include "kustomize/patches.h"

#include <optional>
#include <string>
#include <utility>

#include "kustomize/inline_text.h"
#include "kustomize/json_patch.h"
#include "kustomize/json_text.h"
#include "kustomize/merge.h"
#include "kustomize/objects.h"
#include "kustomize/scalar.h"
#include "kustomize/selector.h"
#include "kustomize/text_map.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

/// A patch's text, from a file or inline. An inline one is cut free of the blanks around it.
class PatchText {
  public:
    explicit PatchText(File file) : file_(std::move(file)) {}
    explicit PatchText(const Text& inline_text) : inline_(inline_text) {
        file_.title =
            inline_text.mark.source == nullptr ? "a patch" : inline_text.mark.source->path;
        file_.text = std::make_shared<const std::string>(inline_->text());
    }

    const File& file() const { return file_; }
    std::string_view text() const { return *file_.text; }

    Result<std::shared_ptr<const yaml::Document>> parse(Build& build, yaml::Dialect dialect) const {
        if (!inline_) return build.parse(file_, dialect);
        return placed(build.parse(file_.title, file_.text, dialect));
    }

    /// The objects of a merge patch. A key that is no string may find one that is, by its text.
    Result<std::shared_ptr<const yaml::Document>> parse_objects(Build& build) const {
        auto document = parse(build, yaml::Dialect::resource);
        if (document.has_value()) return document;
        yaml::Limits limits;
        limits.any_key = true;
        return placed(build.parse(file_.title, file_.text, yaml::Dialect::resource, limits));
    }

    /// Gives an error, or the nodes of a tree, their places in the file they are written in.
    template <typename T>
    Result<T> placed(Result<T> result) const {
        if (inline_ && !result.has_value()) inline_->place(result.error());
        return result;
    }
    void place(Node& root) const {
        if (inline_) inline_->place(root);
    }

  private:
    File file_;
    std::optional<InlineText> inline_;
};

/// kustomize would merge such notes into the target.
Result<void> check_no_notes(const Resource& patch) {
    if (!patch.needs_hash && patch.former.empty() && patch.prefixes.empty() &&
        patch.suffixes.empty())
        return {};
    return fail(Error::Kind::unsupported, "unsupported: an internal annotation in a patch",
                "remove it; it is kustomize's own", patch.root->mark.location());
}

Result<std::vector<Resource*>> read_patch_objects(Build& build, const PatchText& text) {
    const auto document = TRY(text.parse_objects(build));
    std::vector<Resource*> objects = TRY(text.placed(read_objects(build, *document)));
    for (Resource* const object : objects) {
        text.place(*object->root);
        TRY(check_no_notes(*object));
    }
    return objects;
}

/// The operations of a JSON 6902 patch. What begins with '[' has to be JSON, anything else is YAML.
Result<Node*> read_operations(Build& build, const PatchText& text) {
    Node* operations = nullptr;
    if (text.text().starts_with('[')) {
        operations =
            TRY(text.placed(read_json(build.arena(), text.file().title, text.file().text)));
    } else {
        const auto document = TRY(text.parse(build, yaml::Dialect::kustomization));
        if (document->roots().empty()) return yaml::make_sequence(build.arena());
        operations = clone(build.arena(), *document->roots().front());
    }
    text.place(*operations);
    TRY(check_json_patch(*operations));
    return operations;
}

std::unexpected<Error> at(const yaml::Mark& mark, std::string message, std::string hint = {}) {
    return fail(Error::Kind::invalid, std::move(message), std::move(hint), mark.location());
}

/// The text that the entry of a patch gives, of the two ways to do so.
Result<PatchText> text_of(const Loader& loader, const Patch& patch) {
    const bool is_inline = !InlineText(patch.patch).text().empty();
    if (is_inline && !patch.path.empty())
        return at(patch.path.mark, "patch and path can't be set at the same time",
                  "keep one of them");
    if (is_inline) return PatchText(patch.patch);
    if (patch.path.empty())
        return at(patch.mark, "must specify one of patch and path in this entry",
                  "write one of them");
    Result<File> file = loader.load(patch.path.value);
    if (file.has_value()) return PatchText(std::move(file).value());
    Error error = std::move(file).error();
    if (!error.at) error.at = patch.path.mark.location();
    return std::unexpected(std::move(error));
}

/// Makes the values of a metadata map texts, as kustomize does where it copies a patch: a null is
/// then the text "null", and a map without entries is gone.
void make_texts(yaml::Arena& arena, Node& object, std::string_view map) {
    Node* const metadata = object.find("metadata");
    Node* const values = metadata == nullptr ? nullptr : metadata->find(map);
    if (values == nullptr) return;
    if (values->pairs.empty()) {
        metadata->remove(map);
        return;
    }
    for (const yaml::Pair& pair : values->pairs)
        *pair.value = *yaml::make_string(arena, pair.value->text, pair.value->mark);
}

/// What a patch may not change, put aside while it is merged.
class Identity {
  public:
    explicit Identity(const Resource& resource) {
        keep(resource.root->find("kind"), kind_);
        const Node* const metadata = resource.root->find("metadata");
        if (metadata == nullptr) return;
        keep(metadata->find("name"), name_);
        if (!resource.space().empty()) keep(metadata->find("namespace"), space_);
    }

    void restore(yaml::Arena& arena, Resource& resource, const PatchOptions& options) const {
        if (!options.allow_kind_change && kind_)
            set_untyped_field(arena, *resource.root, "kind", kind_->value, kind_->mark);
        if (!options.allow_name_change && name_)
            set_untyped_field(arena, metadata(arena, resource), "name", name_->value, name_->mark);
        if (space_)
            set_untyped_field(arena, metadata(arena, resource), "namespace", space_->value,
                              space_->mark);
        else
            metadata(arena, resource).remove("namespace");
    }

  private:
    static void keep(const Node* node, std::optional<Text>& into) {
        if (node != nullptr) into = Text{node->text, node->mark};
    }

    static Node& metadata(yaml::Arena& arena, Resource& resource) {
        Node* metadata = resource.root->find("metadata");
        if (metadata == nullptr || !metadata->is_mapping()) {
            metadata = yaml::make_mapping(arena, resource.root->mark);
            resource.root->set(arena, "metadata", metadata);
        }
        return *metadata;
    }

    std::optional<Text> kind_, name_, space_;
};

class Patcher {
  public:
    Patcher(Build& build, const Schemas& schemas, Resources& objects)
        : build_(build), arena_(build.arena()), schemas_(schemas), objects_(objects) {}

    /// Merges `patch` (which is used up) into `target`; what it deletes leaves the objects.
    Result<void> merge_into(Resource& target, Node& patch, const PatchOptions& options) {
        TRY(build_.check_size());
        const Identity identity(target);
        const bool may_rename = options.allow_name_change || options.allow_kind_change;
        if (may_rename) target.remember_id();
        const Merged merged = TRY(merge(arena_, *target.root, patch, schemas_));
        if (merged == Merged::removed || target.root->pairs.empty()) {
            objects_.remove_if([&](const Resource& object) { return &object == &target; });
            return {};
        }
        identity.restore(arena_, target, options);
        if (may_rename) objects_.ids_changed();
        return {};
    }

    /// A copy of the patch as kustomize makes one for a target it selected: of the target's group
    /// and version, with texts for labels and annotations.
    Node& copy_for(const Resource& target, const Node& patch) {
        Node* const copy = clone(arena_, patch);
        make_texts(arena_, *copy, "labels");
        make_texts(arena_, *copy, "annotations");
        const Node* const api_version = target.root->find("apiVersion");
        if (api_version != nullptr)
            set_untyped_field(arena_, *copy, "apiVersion", api_version->text, api_version->mark);
        if (Node* const metadata = copy->find("metadata"))
            for (const std::string_view key : {"name", "namespace"})
                if (Node* const part = metadata->find(key); part != nullptr && part->is_scalar())
                    set_untyped(*part, part->text, part->mark);
        return *copy;
    }

    /// The one object that has or had the patch's own id.
    Result<Resource*> named_by(const Resource& patch) {
        const Resources::List found = objects_.that_had_id(patch.id());
        if (found.size() == 1) return found.front();
        const std::string id = to_string(patch.id());
        if (found.empty())
            return fail(Error::Kind::invalid,
                        "no resource matches strategic merge patch: no matches for Id " + id +
                            "; failed to find unique target for patch",
                        "name an object of `resources`, or give the patch a target",
                        patch.root->mark.location());
        return fail(Error::Kind::invalid,
                    "multiple matches for Id " + id + " (" + std::to_string(found.size()) +
                        " objects); failed to find unique target for patch",
                    "give the patch a target that selects them", patch.root->mark.location());
    }

  private:
    const Build& build_;
    yaml::Arena& arena_;
    const Schemas& schemas_;
    Resources& objects_;
};

Result<void> merge_selected(Patcher& patcher, const Patch& entry,
                            const std::vector<Resource*>& patches, Resources& objects) {
    if (patches.size() > 1)
        return at(entry.mark,
                  "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set "
                  "`patches.target` field",
                  "write one entry for each patch");
    const Selector selector = TRY(Selector::compile(*entry.target));
    const Resources::List selected = select(selector, objects);
    for (Resource* const target : selected)
        TRY(patcher.merge_into(*target, patcher.copy_for(*target, *patches.front()->root),
                               entry.options));
    // kustomize gathers all objects anew.
    return objects.check_unique();
}

Result<void> apply_merge(Build& build, Patcher& patcher, const Patch& entry,
                         const std::vector<Resource*>& patches, Resources& objects) {
    if (patches.empty()) return {};
    if (entry.options.allow_name_change || entry.options.allow_kind_change)
        for (const Resource* const patch : patches)
            make_texts(build.arena(), *patch->root, "annotations");
    if (entry.target) return merge_selected(patcher, entry, patches, objects);
    for (const Resource* const patch : patches) {
        Resource* const target = TRY(patcher.named_by(*patch));
        TRY(patcher.merge_into(*target, *patch->root, entry.options));
    }
    return {};
}

/// kustomize puts its own notes back among the annotations, which makes all of them texts; what was
/// there instead of a map is gone.
Result<void> rewrite_annotations(yaml::Arena& arena, Node& object) {
    Node* const metadata = object.find("metadata");
    if (metadata == nullptr || !metadata->is_mapping()) return {};
    const TextMap texts = read_text_map(metadata, "annotations");
    return write_text_map(arena, *metadata, "annotations", texts);
}

/// Comments do not survive JSON, and with them go the schemas they give: see Schemas::in_comment.
void forget_comments(yaml::Arena& arena, Node& node) {
    for (Node* const item : node.items) forget_comments(arena, *item);
    for (const yaml::Pair& pair : node.pairs) {
        pair.key->text = arena.copy(pair.key->text);
        forget_comments(arena, *pair.value);
    }
}

Result<void> apply_operations(Build& build, const Patch& entry, const Node& operations,
                              bool remembers_ids, Resources& objects) {
    if (!entry.target)
        return at(entry.mark, "must specify a target for JSON patch",
                  "say which objects it is for: `target:`");
    const Selector selector = TRY(Selector::compile(*entry.target));
    bool changed = false;
    for (Resource* const target : select(selector, objects)) {
        const Id before = target->id();
        if (remembers_ids) target->remember_id();
        TRY(apply_json_patch(build.arena(), *target->root, operations));
        if (build.schemas().has_comments()) forget_comments(build.arena(), *target->root);
        TRY(build.check_size());
        TRY(rewrite_annotations(build.arena(), *target->root));
        // Whether an operation changed it or not, this is a new object to kustomize.
        target->root = build.arena().make<Node>(*target->root);
        changed = changed || !(target->id() == before);
    }
    if (changed) objects.ids_changed();
    return {};
}

/// What the text is shows when it is read: objects to merge, or else operations.
Result<void> apply_patch(Build& build, const Loader& loader, Patcher& patcher, const Patch& entry,
                         Resources& objects) {
    const PatchText text = TRY(text_of(loader, entry));
    const Result<std::vector<Resource*>> patches = read_patch_objects(build, text);
    if (patches.has_value()) return apply_merge(build, patcher, entry, *patches, objects);
    const Result<Node*> operations = read_operations(build, text);
    if (operations.has_value()) return apply_operations(build, entry, **operations, true, objects);
    const std::size_t first = text.text().find_first_not_of(" \t\r\n");
    const bool is_list =
        first != std::string_view::npos && (text.text()[first] == '[' || text.text()[first] == '-');
    Error error = is_list ? operations.error() : patches.error();
    if (error.kind == Error::Kind::invalid)
        error.message = "unable to parse SM or JSON patch from this text: " + error.message;
    return std::unexpected(std::move(error));
}

/// The patches of an entry of patchesStrategicMerge: its own text, or else the file it names.
Result<std::vector<Resource*>> read_strategic(Build& build, const Loader& loader,
                                              const Text& entry) {
    if (!entry.empty()) {
        Result<std::vector<Resource*>> patches = read_patch_objects(build, PatchText(entry));
        if (patches.has_value()) return patches;
        // A text of several lines is no name of a file.
        if (InlineText(entry).text().find('\n') != std::string_view::npos) return patches;
    }
    Result<File> file = loader.load(entry.value);
    if (file.has_value()) return read_patch_objects(build, PatchText(std::move(file).value()));
    Error error = std::move(file).error();
    if (!error.at) error.at = entry.mark.location();
    return std::unexpected(std::move(error));
}

}  // namespace

Result<void> apply_patches(Build& build, const Loader& loader, const Schemas& schemas,
                           std::span<const Patch> patches, Resources& objects) {
    Patcher patcher(build, schemas, objects);
    for (const Patch& entry : patches) TRY(apply_patch(build, loader, patcher, entry, objects));
    return {};
}

Result<void> apply_strategic_patches(Build& build, const Loader& loader, const Schemas& schemas,
                                     const StrategicPatches& patches, Resources& objects) {
    std::vector<Resource*> read;
    for (const Text& entry : patches.entries) {
        const std::vector<Resource*> more = TRY(read_strategic(build, loader, entry));
        read.insert(read.end(), more.begin(), more.end());
    }
    if (!patches.text.empty()) {
        const std::vector<Resource*> more = TRY(read_patch_objects(build, PatchText(patches.text)));
        read.insert(read.end(), more.begin(), more.end());
    }
    if (read.empty())
        return at((patches.entries.empty() ? patches.text : patches.entries.front()).mark,
                  "found no patch in `patchesStrategicMerge`", "write one, or remove the entry");
    Patcher patcher(build, schemas, objects);
    for (const Resource* const patch : read) {
        Resource* const target = TRY(patcher.named_by(*patch));
        TRY(patcher.merge_into(*target, patcher.copy_for(*target, *patch->root), {}));
    }
    return {};
}

Result<void> apply_json_patches(Build& build, const Loader& loader, std::span<const Patch> patches,
                                Resources& objects) {
    for (const Patch& entry : patches) {
        if (!entry.target || entry.target->name.empty())
            return at(entry.mark, "found an entry of `patchesJson6902` without `target.name`",
                      "name the object it is for");
        const PatchText text = TRY(text_of(loader, entry));
        const Node* const operations = TRY(read_operations(build, text));
        if (operations->items.empty())
            return at(entry.mark, "found a patch without operations",
                      "write one, or remove the entry");
        TRY(apply_operations(build, entry, *operations, false, objects));
    }
    return {};
}

}  // namespace lockstep::kustomize
