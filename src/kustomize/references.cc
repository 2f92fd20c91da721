#include <utility>

#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"
#include "kustomize/render.h"

namespace lockstep::kustomize {

namespace {

/// Sorts what a kustomization names into directories, files and URLs. What is not in the tree, or
/// leaves it, counts as a file.
class Collector {
  public:
    Collector(const FileTree& tree, std::string root, References& into)
        : tree_(tree), root_(std::move(root)), into_(into) {}

    Result<void> add_all(const std::vector<Text>& entries) {
        for (const Text& entry : entries) TRY(add(entry));
        return {};
    }

    Result<void> add(const Text& entry) {
        if (entry.empty()) return {};
        if (is_remote(entry.value)) {
            into_.urls.push_back({std::string(entry.value), entry.mark});
            return {};
        }
        const Result<std::string> joined = join_path(root_, entry.value);
        if (!joined.has_value()) return {};
        const Result<Resolved> real = resolve(tree_, *joined);
        if (!real.has_value()) {
            into_.files.push_back(*joined);
            return {};
        }
        const bool directory = real->entry.kind == FileTree::Kind::directory;
        (directory ? into_.directories : into_.files).push_back(real->path);
        return {};
    }

    /// An entry that is a patch, or an object, or else the name of a file.
    Result<void> add_if_name(const Text& entry) {
        return entry.value.find('\n') == std::string_view::npos ? add(entry) : Result<void>();
    }

  private:
    const FileTree& tree_;
    std::string root_;
    References& into_;
};

}  // namespace

Result<References> references(const FileTree& tree, std::string_view directory,
                              Documents* documents) {
    Rendering unused;
    Options options;
    options.documents = documents;
    Build build(options, unused);
    const Loader loader = TRY(Loader::open(build, tree, directory));
    const File text = TRY(loader.kustomization_file());
    auto document = TRY(build.parse(text, yaml::Dialect::kustomization));
    const Kustomization file = TRY(decode_kustomization(std::move(document)));
    References found;
    found.component = file.component;
    found.document = file.document;
    Collector collector(tree, loader.root(), found);
    TRY(collector.add_all(file.resources));
    TRY(collector.add_all(file.components));
    TRY(collector.add_all(file.configurations));
    for (const std::vector<Text>* const plugins :
         {&file.generators, &file.transformers, &file.validators})
        for (const Text& entry : *plugins) TRY(collector.add_if_name(entry));
    for (const std::vector<Patch>* const patches : {&file.patches, &file.patches_json})
        for (const Patch& patch : *patches) TRY(collector.add(patch.path));
    for (const Text& patch : file.patches_strategic) TRY(collector.add_if_name(patch));
    return found;
}

}  // namespace lockstep::kustomize
