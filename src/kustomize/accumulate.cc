#include "kustomize/accumulate.h"

#include <string>

#include "base/backticks.h"
#include "kustomize/build_metadata.h"
#include "kustomize/builtin_generators.h"
#include "kustomize/builtin_transformers.h"
#include "kustomize/crds.h"
#include "kustomize/generators.h"
#include "kustomize/helm_charts.h"
#include "kustomize/objects.h"
#include "kustomize/open_api.h"
#include "kustomize/transformation.h"
#include "kustomize/validate.h"

namespace lockstep::kustomize {

namespace {

/// An error without a place happened to the entry: that is its place.
std::unexpected<Error> at_entry(Error error, const Text& entry, std::string_view doing) {
    error.message = std::string(doing) + " " + in_backticks(entry.value) + ": " + error.message;
    if (!error.at && entry.mark.source != nullptr) error.at = entry.mark.location();
    return std::unexpected(std::move(error));
}

Result<void> accumulate_into(Build& build, const Loader& loader, const Kustomization& file,
                             Accumulated& into);

Result<void> add_file(Build& build, const Loader& loader, const File& file,
                      std::string_view written, Resources& objects) {
    const std::vector<Resource*> read = TRY(read_objects(build, TRY(build.parse_own(file))));
    TRY(note_origin(build, loader, written, read));
    for (Resource* const object : read) TRY(objects.append(object));
    return {};
}

Result<void> add_directory(Build& build, const Loader& loader, bool component, Accumulated& into) {
    const Kustomization file = TRY(read_kustomization(build, loader));
    TRY(choose_schemas(build, loader, file, false));
    if (component != file.component)
        return fail(Error::Kind::invalid,
                    component
                        ? "expected kind `Component` for path " + in_backticks(loader.title()) +
                              " but got `Kustomization`"
                        : "expected kind != `Component` for path " + in_backticks(loader.title()),
                    component ? "list it under `resources`" : "list it under `components`",
                    Location{file.document->source().path, 1, 1});
    // A component works on the objects of who names it, any other kustomization on its own.
    if (component) {
        TRY(accumulate_into(build, loader, file, into));
        into.config = TRY(merged(build.arena(), {}, into.config));
        return {};
    }
    const Accumulated theirs = TRY(accumulate(build, loader, file));
    TRY(into.objects.append_all(theirs.objects));
    into.config = TRY(merged(build.arena(), into.config, theirs.config));
    return into.variables.add_all(theirs.variables);
}

Result<void> add_remote_file(Build& build, const Loader& loader, const Text& url,
                             Resources& objects) {
    return add_file(build, loader, TRY(loader.load(url.value)), url.value, objects);
}

/// A remote entry may be a file or a directory of the tree it names.
Result<void> add_resource(Build& build, const Loader& loader, const Text& entry,
                          Accumulated& into) {
    if (!is_remote(entry.value)) {
        const Result<File> file = loader.load(entry.value);
        if (file.has_value()) return add_file(build, loader, *file, entry.value, into.objects);
        // A directory is no file; anything else that is wrong is wrong with the entry.
        const Result<Loader> directory = loader.enter(entry.value);
        if (directory.has_value()) return add_directory(build, *directory, false, into);
        const bool is_directory_fault = file.error().kind == Error::Kind::not_found;
        return detail::passed_up(is_directory_fault
                                     ? Result<void>(std::unexpected(directory.error()))
                                     : Result<void>(std::unexpected(file.error())));
    }
    if (!may_be_remote_file(entry.value))
        return add_directory(build, TRY(loader.enter(entry.value)), false, into);
    Result<void> added = add_remote_file(build, loader, entry, into.objects);
    if (added.has_value()) return added;
    // A repository's page is no file of resources.
    const Result<Loader> repository = loader.enter(entry.value);
    return repository.has_value() ? add_directory(build, *repository, false, into) : added;
}

Result<void> add_resources(Build& build, const Loader& loader, const std::vector<Text>& entries,
                           Accumulated& into) {
    for (const Text& entry : entries) {
        Result<void> added = add_resource(build, loader, entry, into);
        if (!added.has_value())
            return at_entry(std::move(added).error(), entry, "accumulating resources from");
    }
    return {};
}

Result<void> add_component(Build& build, const Loader& loader, const Text& entry,
                           Accumulated& into) {
    const Loader component = TRY(loader.enter(entry.value));
    return add_directory(build, component, true, into);
}

Result<void> add_components(Build& build, const Loader& loader, const std::vector<Text>& entries,
                            Accumulated& into) {
    for (const Text& entry : entries) {
        Result<void> added = add_component(build, loader, entry, into);
        if (!added.has_value())
            return at_entry(std::move(added).error(), entry, "accumulating components from");
    }
    return {};
}

/// The objects that configure transformers, generators or validators: those written in the file
/// come before those it names.
Result<Resources> read_configs(Build& build, const Loader& loader, const Kustomization& file,
                               const std::vector<Text>& entries) {
    Accumulated configs;
    std::vector<Text> paths;
    for (const Text& entry : entries) {
        const Result<std::vector<Resource*>> read = read_inline_objects(build, entry);
        if (!read.has_value() && entry.value.find('\n') != std::string_view::npos)
            return detail::passed_up(read);
        if (!read.has_value()) {
            paths.push_back(entry);
            continue;
        }
        TRY(note_origin(build, loader, name_of(file), *read));
        for (Resource* const object : *read) TRY(configs.objects.append(object));
    }
    TRY(add_resources(build, loader, paths, configs));
    return configs.objects;
}

Result<void> generate(Build& build, const Loader& loader, const Kustomization& file,
                      Resources& objects) {
    TRY(run_generators(build, loader, file, objects));
    TRY(inflate_charts(build, loader, file, objects));
    if (file.generators.empty()) return {};
    const Resources configs = TRY(read_configs(build, loader, file, file.generators));
    return run_builtin_generators(build, loader, configs, objects);
}

Result<void> run_configured(Build& build, const Loader& loader, const Kustomization& file,
                            Resources& objects) {
    if (!file.transformers.empty()) {
        const Resources configs = TRY(read_configs(build, loader, file, file.transformers));
        TRY(run_transformers(build, loader, configs, objects));
        build.step_done("transformers", file, objects);
    }
    if (file.validators.empty()) return {};
    const Resources configs = TRY(read_configs(build, loader, file, file.validators));
    return run_validators(build, loader, configs, objects);
}

/// The charts below a kustomization are for its namespace.
class ChartSpace {
  public:
    ChartSpace(Build& build, const Text& space) : build_(build), outer_(build.chart_space()) {
        if (!space.empty()) build.set_chart_space(space);
    }
    ~ChartSpace() { build_.set_chart_space(outer_); }
    ChartSpace(const ChartSpace&) = delete;
    ChartSpace& operator=(const ChartSpace&) = delete;

  private:
    Build& build_;
    const Text outer_;
};

Result<void> accumulate_into(Build& build, const Loader& loader, const Kustomization& file,
                             Accumulated& into) {
    const ChartSpace space(build, file.space);
    TRY(add_resources(build, loader, file.resources, into));
    build.step_done("resources", file, into.objects);
    const TransformerConfig own = TRY(read_config(build, loader, file.configurations));
    into.config = TRY(merged(build.arena(), into.config, own));
    const TransformerConfig of_types = TRY(read_crds(build, loader, file.crds));
    into.config = TRY(merged(build.arena(), into.config, of_types));
    TRY(generate(build, loader, file, into.objects));
    build.step_done("generators", file, into.objects);
    TRY(add_components(build, loader, file.components, into));
    TRY(transform(build, loader, file, into.config, into.objects));
    TRY(run_configured(build, loader, file, into.objects));
    return into.variables.add(file.variables, into.objects);
}

}  // namespace

Result<Kustomization> read_kustomization(Build& build, const Loader& loader) {
    const File text = TRY(loader.kustomization_file());
    auto document = TRY(build.parse(text, yaml::Dialect::kustomization));
    Kustomization file = TRY(decode_kustomization(std::move(document)));
    std::vector<std::string>& warnings = build.rendering().warnings;
    warnings.insert(warnings.end(), file.warnings.begin(), file.warnings.end());
    return file;
}

Result<Accumulated> accumulate(Build& build, const Loader& loader, const Kustomization& file) {
    Accumulated accumulated;
    TRY(accumulate_into(build, loader, file, accumulated));
    return accumulated;
}

}  // namespace lockstep::kustomize
