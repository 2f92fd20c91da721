#include "workspace/records.h"

#include <optional>
#include <utility>

#include "oci/digest.h"

namespace lockstep::workspace {

namespace {

using evidence::SeenManifest;
using evidence::SeenRecord;

SeenRecord unreadable(const Error& error) {
    return {.record = {}, .reason = to_string(error), .manifests = {}};
}

/// Nothing where the ref holds no record.
Result<std::optional<record::Record>> read_record(git::Repository& repository,
                                                  const git::ObjectId& id, const std::string& ref) {
    const git::Commit commit = TRY(repository.resolve(id.hex()));
    const auto files = repository.tree(commit.tree);
    const FileTree::Entry entry = TRY(files->stat(record::file_name));
    if (entry.kind == FileTree::Kind::absent) return std::nullopt;
    const std::string name = ref + ':' + std::string(record::file_name);
    const Blob bytes = TRY(files->read(record::file_name));
    return std::optional(TRY(record::parse(name, *bytes)));
}

}  // namespace

Result<evidence::SeenRecords> read_records(
    git::Repository& repository, const std::function<bool(std::string_view tag)>& is_wanted) {
    evidence::SeenRecords records;
    for (const auto& [ref, id] : TRY(repository.refs(record::ref_prefix))) {
        const std::string tag = ref.substr(record::ref_prefix.size());
        if (!is_wanted(tag)) continue;
        auto read = read_record(repository, id, ref);
        if (!read)
            records.emplace(tag, unreadable(read.error()));
        else if (read->has_value() && (*read)->tag != tag)
            records.emplace(tag, SeenRecord{.record = {},
                                            .reason = "`" + ref + "` holds the record of `" +
                                                      (*read)->tag + '`',
                                            .manifests = {}});
        else if (read->has_value())
            records.emplace(tag,
                            SeenRecord{.record = std::move(**read), .reason = {}, .manifests = {}});
    }
    return records;
}

SeenManifest render_manifest(const FileTree& tree, const std::string& root,
                             const kustomize::Options& options) {
    using enum SeenManifest::State;
    const auto entry = tree.stat(root);
    if (!entry) return {unknown, to_string(entry.error()), {}};
    if (entry->kind == FileTree::Kind::absent) return {missing, {}, {}};
    const auto file = kustomize::kustomization_file(tree, root);
    if (!file) return {unknown, to_string(file.error()), {}};
    if (file->empty()) return {missing, {}, {}};
    const auto rendering = kustomize::render(tree, root, options);
    if (!rendering) return {unknown, to_string(rendering.error()), {}};
    const auto text = kustomize::print(*rendering);
    if (!text) return {unknown, to_string(text.error()), {}};
    return {found, {}, oci::Digest::of(*text).str()};
}

}  // namespace lockstep::workspace
