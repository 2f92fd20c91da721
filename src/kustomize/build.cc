#include "kustomize/build.h"

#include <string>
#include <utility>

#include "kustomize/kustomization.h"
#include "kustomize/observer.h"

namespace lockstep::kustomize {

namespace {

constexpr const char* limits_hint = "this is far beyond what a real build needs";

}  // namespace

void Build::keep(const std::shared_ptr<const yaml::Document>& document) {
    if (kept_.insert(document.get()).second) arena().keep(document);
}

Result<std::shared_ptr<const yaml::Document>> Build::parse(const File& file,
                                                           yaml::Dialect dialect) {
    if (options_.documents == nullptr) return parse(file.title, file.text, dialect);
    auto document = TRY(options_.documents->parse(file.entry, file.title, file.text, dialect));
    keep(document);
    return document;
}

Result<std::shared_ptr<const yaml::Document>> Build::parse(std::string title, Blob text,
                                                           yaml::Dialect dialect,
                                                           const yaml::Limits& limits) {
    auto document = TRY(yaml::Document::parse(std::move(title), std::move(text), dialect, limits));
    keep(document);
    return document;
}

Result<Resource*> Build::add(yaml::Node* root) {
    if (resources_.size() >= options_.objects)
        return fail(Error::Kind::invalid,
                    "the build has more than " + std::to_string(options_.objects) + " objects",
                    limits_hint);
    if (arena().size() > options_.output_bytes)
        return fail(Error::Kind::invalid,
                    "the objects of the build take more than " +
                        std::to_string(options_.output_bytes) + " bytes",
                    limits_hint);
    Resource& resource = resources_.emplace_back();
    resource.root = root;
    resource.schemas = &schemas_;
    return &resource;
}

Result<void> Build::count_file() {
    if (++files_ > options_.files)
        return fail(Error::Kind::invalid,
                    "the build reads more than " + std::to_string(options_.files) + " files",
                    limits_hint);
    return {};
}

void Build::step_done(std::string_view doer, const Kustomization& file, const Resources& objects) {
    if (observer_ != nullptr) observer_->step(doer, file.document->source().path, objects);
}

}  // namespace lockstep::kustomize
