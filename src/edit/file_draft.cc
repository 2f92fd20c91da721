#include "edit/file_draft.h"

#include <algorithm>
#include <utility>

#include "manifest/file_text.h"
#include "manifest/path_kinds.h"

namespace lockstep::edit {

namespace {

FileDraft::There find_in(const yaml::Node& node, const yaml::Source* source, std::size_t offset) {
    struct Frame {
        const yaml::Node* node;
        const yaml::Node* mapping;
    };
    std::vector<Frame> pending{{&node, nullptr}};
    while (!pending.empty()) {
        const Frame at = pending.back();
        pending.pop_back();
        if (at.node->is_scalar() && at.node->mark.source == source &&
            at.node->mark.offset == offset)
            return {at.node, at.mapping};
        for (const yaml::Pair& pair : at.node->pairs) pending.push_back({pair.value, at.node});
        for (const yaml::Node* const item : at.node->items) pending.push_back({item, nullptr});
    }
    return {};
}

FileDraft::There find_in(const yaml::Document& document, std::size_t offset) {
    for (const yaml::Node* const root : document.roots())
        if (const FileDraft::There there = find_in(*root, &document.source(), offset); there.scalar)
            return there;
    return {};
}

/// Whether two edits want the same bytes, or one stands in the middle of the other.
bool collide(const ByteEdit& a, const ByteEdit& b) {
    if (a.length == 0 && b.length == 0) return a.offset == b.offset;
    return a.offset < b.end() && b.offset < a.end();
}

}  // namespace

FileDraft::FileDraft(std::string path, Blob before)
    : path_(std::move(path)), before_(std::move(before)) {
    document_ = parsed(before_);
}

Result<FileDraft> FileDraft::open(const FileTree& tree, std::string_view path) {
    Resolved resolved = TRY(resolve(tree, path));
    Blob text = TRY(manifest::read_file(tree, resolved.path));
    return FileDraft(std::move(resolved.path), std::move(text));
}

std::shared_ptr<const yaml::Document> FileDraft::parsed(const Blob& text) const {
    const std::string_view name = file_name(path_);
    const bool is_kustomization = manifest::is_kustomization_name(name);
    if (!is_kustomization && !manifest::is_yaml_name(name) && !manifest::is_json_name(name))
        return nullptr;
    const auto dialect = is_kustomization ? yaml::Dialect::kustomization : yaml::Dialect::resource;
    auto document = yaml::Document::parse(path_, text, dialect);
    return document ? std::move(*document) : nullptr;
}

FileDraft::There FileDraft::find(std::size_t offset) const {
    return document_ ? find_in(*document_, offset) : There{};
}

Result<void> FileDraft::add(Change change) {
    for (const Change& there : changes_) {
        if (there.edit == change.edit) return {};
        if (collide(there.edit, change.edit))
            return fail(Error::Kind::conflict,
                        "`" + there.shown.before + "` should say `" + there.shown.after + "` for " +
                            there.shown.what + " and `" + change.shown.after + "` for " +
                            change.shown.what,
                        "let each have a place of its own", change.shown.at);
    }
    changes_.push_back(std::move(change));
    return {};
}

Result<FileEdit> FileDraft::finish() const {
    std::vector<Change> changes = changes_;
    std::ranges::stable_sort(changes, {}, [](const Change& each) { return each.edit.offset; });
    std::vector<ByteEdit> edits;
    FileEdit file{.path = path_, .before = before_, .after = {}, .replacements = {}};
    for (const Change& change : changes) {
        edits.push_back(change.edit);
        file.replacements.push_back(change.shown);
    }
    file.after = std::make_shared<const std::string>(applied(*before_, edits));
    TRY(check(changes, file.after));
    return file;
}

Result<void> FileDraft::check(const std::vector<Change>& changes, const Blob& after) const {
    if (!document_) return {};
    const std::shared_ptr<const yaml::Document> document = parsed(after);
    if (!document)
        return fail(Error::Kind::internal, "the edited file is no YAML any more",
                    "report it, with the file", Location{path_});
    std::ptrdiff_t shift = 0;
    for (const Change& change : changes) {
        if (change.scalar_offset) {
            const auto offset = static_cast<std::size_t>(
                static_cast<std::ptrdiff_t>(*change.scalar_offset) + shift);
            const There there = find_in(*document, offset);
            if (there.scalar == nullptr || there.scalar->text != change.says ||
                !there.scalar->is_string())
                return fail(Error::Kind::internal,
                            "edited, the place does not read as `" + change.says + "`",
                            "report it, with the file", change.shown.at);
        }
        shift += static_cast<std::ptrdiff_t>(change.edit.after.size()) -
                 static_cast<std::ptrdiff_t>(change.edit.length);
    }
    return {};
}

}  // namespace lockstep::edit
