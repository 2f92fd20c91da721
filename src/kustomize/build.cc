#include "kustomize/build.h"

#include <string>
#include <utility>

#include "kustomize/kustomization.h"
#include "kustomize/observer.h"

namespace lockstep::kustomize {

namespace {

constexpr const char* limits_hint = "this is far beyond what a real build needs";

std::string key_of(const File& file, yaml::Dialect dialect) {
    return (dialect == yaml::Dialect::resource ? "r " : "k ") + file.title;
}

}  // namespace

void Build::keep(const Parsed& document) {
    if (!kept_.insert(document.get()).second) return;
    arena().keep(document);
    bytes_ += document->size();
}

bool Build::is_shared(const File& file) const {
    return options_.documents != nullptr && !file.entry.id.empty();
}

Result<std::shared_ptr<const yaml::Document>> Build::parse(const File& file,
                                                           yaml::Dialect dialect) {
    if (is_shared(file)) {
        Parsed document =
            TRY(options_.documents->parse(file.entry, file.title, file.text, dialect));
        keep(document);
        return document;
    }
    Parsed& document = known_[key_of(file, dialect)];
    // What lies on disk may have changed since, and so may the tree behind a title.
    if (document == nullptr || *document->source().text != *file.text)
        document = TRY(parse(file.title, file.text, dialect));
    return document;
}

Result<yaml::Trees> Build::parse_own(const File& file) {
    constexpr yaml::Dialect dialect = yaml::Dialect::resource;
    // Nearly all files are read once, and copying what nobody else has would double the work.
    if (!is_shared(file) && known_.try_emplace(key_of(file, dialect)).second)
        return yaml::parse_into(arena(), file.title, file.text, dialect);
    const Parsed document = TRY(parse(file, dialect));
    yaml::Trees trees{&document->source(), {}};
    for (const yaml::Node* const root : document->roots())
        trees.roots.push_back(yaml::clone(arena(), *root));
    return trees;
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
    TRY(check_size());
    Resource& resource = resources_.emplace_back();
    resource.root = root;
    resource.schemas = &schemas_;
    return &resource;
}

Result<void> Build::count_file(const Blob& text) {
    if (++files_ > options_.files)
        return fail(Error::Kind::invalid,
                    "the build reads more than " + std::to_string(options_.files) + " files",
                    limits_hint);
    bytes_ += text->size();
    return check_size();
}

Result<void> Build::check_size() const {
    if (bytes_ + rendering_.arena.size() <= options_.bytes) return {};
    return fail(Error::Kind::invalid,
                "the files and objects of the build take more than " +
                    std::to_string(options_.bytes) + " bytes",
                limits_hint);
}

void Build::step_done(std::string_view doer, const Kustomization& file, const Resources& objects) {
    if (observer_ != nullptr) observer_->step(doer, file.document->source().path, objects);
}

}  // namespace lockstep::kustomize
