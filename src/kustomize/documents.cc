#include "kustomize/render.h"

namespace lockstep::kustomize {

Documents::Parsed Documents::find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto known = parsed_.find(key);
    return known == parsed_.end() ? nullptr : known->second;
}

/// What is kept under `key` from now on: of two threads that parsed the same, the first one's.
Documents::Parsed Documents::keep(std::string key, const Parsed& document, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    bytes_ += bytes;
    if (bytes_ > bytes_max_) {
        parsed_.clear();
        bytes_ = bytes;
    }
    return parsed_.try_emplace(std::move(key), document).first->second;
}

Result<std::shared_ptr<const yaml::Document>> Documents::parse(const FileTree::Entry& entry,
                                                               std::string_view path,
                                                               const Blob& text,
                                                               yaml::Dialect dialect) {
    if (entry.id.empty()) return yaml::Document::parse(std::string(path), text, dialect);
    // The path is part of the key because every mark of the document names it.
    std::string key = entry.id;
    key += dialect == yaml::Dialect::resource ? " r " : " k ";
    key += path;
    if (Parsed known = find(key)) return known;
    const Parsed document = TRY(yaml::Document::parse(std::string(path), text, dialect));
    return keep(std::move(key), document, text->size());
}

}  // namespace lockstep::kustomize
