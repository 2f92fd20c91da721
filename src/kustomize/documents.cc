#include "kustomize/render.h"

namespace lockstep::kustomize {

Result<std::shared_ptr<const yaml::Document>> Documents::parse(const FileTree::Entry& entry,
                                                               std::string_view path,
                                                               const Blob& text,
                                                               yaml::Dialect dialect) {
    if (entry.id.empty()) return yaml::Document::parse(std::string(path), text, dialect);
    // The path is part of the key because every mark of the document names it.
    std::string key = entry.id;
    key += dialect == yaml::Dialect::resource ? " r " : " k ";
    key += path;
    const auto known = parsed_.find(key);
    if (known != parsed_.end()) return known->second;
    auto document = TRY(yaml::Document::parse(std::string(path), text, dialect));
    bytes_ += text->size();
    if (bytes_ > bytes_max_) {
        parsed_.clear();
        bytes_ = text->size();
    }
    parsed_.emplace(std::move(key), document);
    return document;
}

}  // namespace lockstep::kustomize
