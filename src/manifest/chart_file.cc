#include "manifest/chart_file.h"

#include <utility>

#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/place.h"

namespace lockstep::manifest {

namespace {

bool is_template(std::string_view text) {
    return text.find("{{") != std::string_view::npos;
}

Error template_error(const std::string& path) {
    return {Error::Kind::unsupported,
            "`" + path + "` is itself a template: its versions are filled in elsewhere",
            "exclude it by a path rule, or verify what is made from it", Location{path}};
}

void declare(const ChartFile& chart, Subject subject, const yaml::Node& scalar, Facts& facts) {
    if (is_template(scalar.text)) {
        Error error = template_error(chart_path(chart, "Chart.yaml"));
        error.at = scalar.mark.location();
        facts.gaps.push_back({Surface::helm, chart.directory, std::move(error), {}});
        return;
    }
    Declaration declaration{.surface = Surface::helm, .subject = subject};
    declaration.root = chart.directory;
    declaration.field = subject == Subject::chart_version ? "version" : "appVersion";
    declaration.image = chart.name;
    declaration.declared = scalar.text;
    facts.declarations.push_back(at_place(place_of(scalar.mark), std::move(declaration)));
}

Error parse_error(const FileTree& tree, const std::string& path, Error error) {
    const Result<Blob> text = read_file(tree, path);
    return text.has_value() && is_template(**text) ? template_error(path)
                                                   : placed(std::move(error), path);
}

const yaml::Node* written(const yaml::Node& root, std::string_view key) {
    const yaml::Node* const value = root.find(key);
    const bool there =
        value != nullptr && value->is_scalar() && !value->is_null() && !value->text.empty();
    return there ? value : nullptr;
}

}  // namespace

std::string chart_path(const ChartFile& chart, std::string_view name) {
    std::string path = chart.directory;
    if (!path.empty()) path += '/';
    return path.append(name);
}

Result<std::shared_ptr<const yaml::Document>> parse_chart_yaml(const FileTree& tree,
                                                               const std::string& path,
                                                               kustomize::Documents* documents) {
    const Blob text = TRY(read_file(tree, path));
    if (documents == nullptr)
        return yaml::Document::parse(path, text, yaml::Dialect::kustomization);
    return documents->parse(TRY(tree.stat(path)), path, text, yaml::Dialect::kustomization);
}

ChartFile read_chart_file(const FileTree& tree, std::string_view directory,
                          kustomize::Documents* documents, Facts& facts) {
    ChartFile chart{std::string(directory), std::string(file_name(directory)), {}, {}};
    const std::string path = chart_path(chart, "Chart.yaml");
    const auto gap = [&](Error error) {
        facts.gaps.push_back({Surface::helm, chart.directory, std::move(error), {}});
    };
    const auto document = parse_chart_yaml(tree, path, documents);
    if (!document.has_value()) {
        gap(parse_error(tree, path, document.error()));
        return chart;
    }
    if ((*document)->roots().empty() || !(*document)->roots().front()->is_mapping()) {
        gap({Error::Kind::invalid, "`" + path + "` is empty", {}, Location{path}});
        return chart;
    }
    const yaml::Node& root = *(*document)->roots().front();
    if (const yaml::Node* const name = written(root, "name")) chart.name = name->text;
    if (const yaml::Node* const version = written(root, "version")) {
        chart.version = version->text;
        declare(chart, Subject::chart_version, *version, facts);
    } else {
        gap({Error::Kind::invalid, "`" + path + "` has no `version`",
             "helm refuses a chart without one", Location{path}});
    }
    if (const yaml::Node* const version = written(root, "appVersion")) {
        chart.app_version = version->text;
        declare(chart, Subject::app_version, *version, facts);
    }
    return chart;
}

}  // namespace lockstep::manifest
