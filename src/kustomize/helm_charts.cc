#include "kustomize/helm_charts.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/backticks.h"
#include "kustomize/build_metadata.h"
#include "kustomize/chart_values.h"
#include "kustomize/decode.h"
#include "kustomize/objects.h"

namespace lockstep::kustomize {

namespace {

constexpr std::string_view chart_mark = "internal.config.kubernetes.io/helm-generated";

/// One chart on its way to its objects.
class Inflation {
  public:
    Inflation(Build& build, const Loader& loader, const HelmGlobals& globals,
              const HelmChart& chart)
        : build_(build), loader_(loader), globals_(globals), chart_(chart) {}

    Result<void> run(Resources& objects) {
        TRY(check());
        TRY(find_chart());
        ChartInflation asked = request();
        asked.values = TRY(values());
        for (const Text& path : chart_.additional_values_files) {
            const File file = TRY(load(path.value));
            asked.more_values.push_back(file.text);
        }
        const std::string printed = TRY(build_.options().inflate_chart(asked));
        const std::vector<Resource*> made = TRY(read(printed));
        for (Resource* const object : made) TRY(add(object, objects));
        return {};
    }

  private:
    std::unexpected<Error> refuse(const std::string& what, std::string hint = {},
                                  Error::Kind kind = Error::Kind::invalid) const {
        return fail(kind, what, std::move(hint), chart_.mark.location());
    }

    Result<void> check() const {
        if (!build_.options().inflate_chart)
            return refuse("unsupported: the chart " + in_backticks(chart_.name.value) +
                              ": must specify --enable-helm",
                          "it inflates charts with the installed helm", Error::Kind::unsupported);
        if (chart_.name.empty()) return refuse("chart name cannot be empty");
        for (const auto& [what, text] : {std::pair("releaseName", &chart_.release_name),
                                         std::pair("chart name", &chart_.name)})
            if (text->value.starts_with('-'))
                return refuse(std::string(what) + " must not start with '-', got " +
                              in_backticks(text->value));
        const std::string_view merge = chart_.values_merge.value;
        if (!merge.empty() && merge != "merge" && merge != "override" && merge != "replace")
            return refuse("valuesMerge must be one of [merge override replace], not " +
                          in_backticks(merge));
        // kustomize makes a file of that name.
        if (chart_.name.value.find('/') != std::string_view::npos)
            return refuse("the chart name " + in_backticks(chart_.name.value) + " has a slash",
                          "name the folder in `chartHome`");
        if (!globals_.config_home.empty() && !globals_.config_home.value.starts_with('/'))
            return fail(Error::Kind::unsupported,
                        "unsupported: a `configHome` that is relative to where kustomize runs",
                        "make it absolute, or leave it out", globals_.config_home.mark.location());
        return {};
    }

    /// Where the chart lies, relative to the kustomization.
    std::string written_path() const {
        std::string path(globals_.chart_home.empty() ? "charts" : globals_.chart_home.value);
        path.append("/").append(chart_.name.value);
        if (chart_.version.empty() || chart_.repo.empty()) return path;
        path.append("-").append(chart_.version.value);
        return path.append("/").append(chart_.name.value);
    }

    Result<void> find_chart() {
        const std::string path = TRY(join_path(loader_.root(), written_path()),
                                     "the chart " + in_backticks(chart_.name.value));
        auto found = resolve(loader_.tree(), path);
        if (found.has_value() && found->entry.kind == FileTree::Kind::directory) {
            directory_ = std::move(found->path);
            return {};
        }
        if (chart_.repo.empty())
            return refuse("no repo specified for pull, no chart found at " + in_backticks(path),
                          "put it there, or name its `repo`");
        if (!build_.options().pull_chart)
            return refuse("unsupported: the chart " + in_backticks(chart_.name.value) +
                              " is not in the tree, and none is pulled here",
                          {}, Error::Kind::unsupported);
        pulled_ = TRY(build_.options().pull_chart({.name = std::string(chart_.name.value),
                                                   .version = std::string(chart_.version.value),
                                                   .repo = std::string(chart_.repo.value),
                                                   .devel = chart_.devel,
                                                   .config_home = config_home()}));
        directory_ = pulled_->path;
        return {};
    }

    std::string config_home() const { return std::string(globals_.config_home.value); }

    /// A file as a kustomization reads one; below the chart where that was pulled.
    Result<File> load(std::string_view path) const {
        const std::string below = written_path() + "/";
        if (!pulled_ || !path.starts_with(below)) return loader_.load(path);
        const std::string inside = TRY(join_path(directory_, path.substr(below.size())));
        Resolved real = TRY(resolve(*pulled_->tree, inside));
        Blob text = TRY(pulled_->tree->read(real.path));
        TRY(build_.count_file(text));
        return File{std::move(real.path), std::string(path), std::move(real.entry),
                    std::move(text)};
    }

    Result<std::string> values() const {
        const bool is_merged = chart_.values_inline != nullptr;
        if (is_merged && chart_.values_merge.value == "replace")
            return inline_values(build_, chart_);
        const std::string path = chart_.values_file.empty() ? written_path() + "/values.yaml"
                                                            : std::string(chart_.values_file.value);
        const File file =
            TRY(load(path), "the values of the chart " + in_backticks(chart_.name.value));
        return is_merged ? merged_values(build_, chart_, file) : Result<std::string>(*file.text);
    }

    ChartInflation request() const {
        ChartInflation asked{.tree = pulled_ ? *pulled_->tree : loader_.tree(),
                             .path = directory_,
                             .name = std::string(chart_.name.value),
                             .release = std::string(chart_.release_name.value),
                             .space = std::string(chart_.space.value),
                             .name_template = std::string(chart_.name_template.value),
                             .kube_version = std::string(chart_.kube_version.value),
                             .include_crds = chart_.include_crds,
                             .skip_tests = chart_.skip_tests,
                             .skip_hooks = chart_.skip_hooks,
                             .debug = chart_.debug,
                             .devel = chart_.devel,
                             .config_home = config_home()};
        for (const Text& version : chart_.api_versions)
            asked.api_versions.emplace_back(version.value);
        return asked;
    }

    /// kustomize has a second, laxer way to read what helm prints; that is not followed.
    Result<std::vector<Resource*>> read(std::string_view printed) {
        const std::string title = "helm template " + std::string(chart_.name.value);
        const auto objects = [&]() -> Result<std::vector<Resource*>> {
            const auto document = TRY(build_.parse(
                title, std::make_shared<const std::string>(printed), yaml::Dialect::resource));
            return read_objects(build_, *document);
        };
        auto made = objects();
        if (made.has_value() || made.error().message.starts_with("unsupported")) return made;
        Error error = std::move(made.error());
        error.kind = Error::Kind::unsupported;
        error.message = "unsupported: " + error.message;
        return std::unexpected<Error>(std::move(error));
    }

    Result<void> add(Resource* object, Resources& objects) {
        if (!objects.that_had_id(object->id()).empty())
            return refuse("the chart " + in_backticks(chart_.name.value) + " makes " +
                          to_string(object->id()) + ", which exists");
        yaml::Arena& arena = build_.arena();
        yaml::Node& metadata = *object->root->find("metadata");
        yaml::Node* annotations = metadata.find("annotations");
        if (annotations == nullptr || annotations->is_null()) {
            annotations = yaml::make_mapping(arena);
            metadata.set(arena, "annotations", annotations);
        }
        if (!annotations->is_mapping()) return wrong_type(*annotations, "a mapping");
        annotations->set(arena, chart_mark, yaml::make_string(arena, "true"));
        TRY(note_generator(build_, *object->root));
        return objects.append(object);
    }

    Build& build_;
    const Loader& loader_;
    const HelmGlobals& globals_;
    const HelmChart& chart_;
    std::optional<Remote> pulled_;
    std::string directory_;
};

}  // namespace

Result<void> inflate_charts(Build& build, const Loader& loader, const Kustomization& file,
                            Resources& objects) {
    if (file.helm_charts.empty()) return {};
    TRY(Notes(build, loader, file).generates("HelmChartInflationGenerator"));
    const HelmGlobals globals = file.helm_globals.value_or(HelmGlobals{});
    for (HelmChart chart : file.helm_charts) {
        if (chart.space.empty()) chart.space = build.chart_space();
        TRY(Inflation(build, loader, globals, chart).run(objects));
    }
    return {};
}

Result<void> inflate_chart(Build& build, const Loader& loader, BuiltinConfig& config,
                           Resources& objects) {
    // Go embeds all of it: numbers are no texts here.
    HelmGlobals globals;
    for (const auto& [name, into] : {std::pair("chartHome", &globals.chart_home),
                                     std::pair("configHome", &globals.config_home)})
        if (const yaml::Node* const field = TRY(find_field(config.root(), name)))
            TRY(decode(*field, *into));
    const LooseFields fields = {
        {},
        {"name", "version", "repo", "releaseName", "namespace", "valuesFile", "valuesMerge",
         "kubeVersion", "nameTemplate", "additionalValuesFiles", "valuesInline", "includeCRDs",
         "skipHooks", "apiVersions", "skipTests", "debug", "devel"}};
    TRY(loosen_fields(config.arena(), config.root(), fields));
    HelmChart chart;
    TRY(decode(config.root(), chart));
    return Inflation(build, loader, globals, chart).run(objects);
}

bool is_from_chart(const yaml::Node& object) {
    const yaml::Node* const annotations = object.at("metadata", "annotations");
    return annotations != nullptr && annotations->text_of(chart_mark) == "true";
}

}  // namespace lockstep::kustomize
