#include "kustomize/render.h"

#include <string>

#include "kustomize/accumulate.h"
#include "kustomize/build.h"
#include "kustomize/build_metadata.h"
#include "kustomize/field_spec.h"
#include "kustomize/finish.h"
#include "kustomize/hash.h"
#include "kustomize/loader.h"
#include "kustomize/name_reference.h"
#include "kustomize/observer.h"
#include "kustomize/open_api.h"
#include "kustomize/order.h"
#include "yaml/emit.h"

namespace lockstep::kustomize {

static Result<void> substitute_variables(Build& build, Accumulated& accumulated) {
    const Variables& variables = accumulated.variables;
    if (variables.empty()) return {};
    const std::vector<std::string> unused =
        TRY(variables.substitute(build, accumulated.config.variables, accumulated.objects));
    if (unused.empty()) return {};
    std::string names;
    for (const std::string& name : unused) names.append(names.empty() ? "" : ",").append(name);
    build.rendering().warnings.push_back("well-defined vars that were never replaced: " + names);
    return {};
}

static Result<Rendering> run(const FileTree& tree, std::string_view directory,
                             const Options& options, Observer* observer) {
    Rendering rendering;
    Build build(options, rendering);
    if (observer != nullptr) build.observe(*observer);
    const Loader loader = TRY(Loader::open(build, tree, directory));
    const Kustomization file = TRY(read_kustomization(build, loader));
    TRY(choose_schemas(build, loader, file, true));
    const BuildMetadata metadata = build_metadata(file);
    if (metadata.tracked) build.track_origins();
    Accumulated accumulated = TRY(accumulate(build, loader, file));
    Resources& objects = accumulated.objects;
    TRY(add_hashes(build, objects));
    build.step_done("HashTransformer", file, objects);
    TRY(update_name_references(build.arena(), accumulated.config.name_references, objects));
    build.step_done("NameReferenceTransformer", file, objects);
    TRY(substitute_variables(build, accumulated));
    build.step_done("RefVarTransformer", file, objects);
    TRY(finish(build, metadata, objects));
    build.step_done("output", file, objects);
    const bool sorts = options.sorts || file.sort_options.has_value();
    const Resources::List sorted =
        sorts ? TRY(ordered(objects.list(), file.sort_options)) : objects.list();
    for (const Resource* const object : sorted) rendering.objects.push_back(object->root);
    return rendering;
}

Result<Rendering> render(const FileTree& tree, std::string_view directory, const Options& options) {
    return run(tree, directory, options, nullptr);
}

Result<Rendering> render_observed(const FileTree& tree, std::string_view directory,
                                  const Options& options, Observer& observer) {
    return run(tree, directory, options, &observer);
}

Result<std::string> print(const Rendering& rendering, std::size_t bytes_max) {
    std::string out;
    for (const yaml::Node* const object : rendering.objects) {
        if (!out.empty()) out += "---\n";
        TRY(yaml::emit(*object, out, bytes_max));
    }
    return out;
}

Result<std::string> kustomization_file(const FileTree& tree, std::string_view directory) {
    Rendering unused;
    const Options options;
    Build build(options, unused);
    const Loader loader = TRY(Loader::open(build, tree, directory));
    const Result<File> file = loader.kustomization_file();
    if (file.has_value()) return std::string(file_name(file->path));
    if (file.error().kind == Error::Kind::not_found) return std::string();
    return std::unexpected(file.error());
}

}  // namespace lockstep::kustomize
