#include "manifest/chart_images.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "manifest/chart_templates.h"
#include "manifest/chart_values.h"
#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/images.h"
#include "manifest/mentions.h"
#include "manifest/place.h"
#include "manifest/template_expression.h"
#include "oci/reference.h"
#include "yaml/parse.h"

namespace lockstep::manifest {

namespace {

/// values.yaml; null where there is none, or none that can be read (then with a Gap).
std::shared_ptr<const yaml::Document> read_values_file(const FileTree& tree, const ChartFile& chart,
                                                       kustomize::Documents* documents,
                                                       Facts& facts) {
    const std::string path = chart_path(chart, "values.yaml");
    const Result<FileTree::Entry> entry = tree.stat(path);
    if (entry.has_value() && entry->kind == FileTree::Kind::absent) return nullptr;
    const auto document = parse_chart_yaml(tree, path, documents);
    if (document.has_value()) return *document;
    const Result<Blob> text = read_file(tree, path);
    facts.gaps.push_back({Surface::helm, chart.directory, placed(document.error(), path),
                          text.has_value() ? mentions_of(**text) : std::vector<std::string>{}});
    return nullptr;
}

const yaml::Node* root_of(const std::shared_ptr<const yaml::Document>& document) {
    return document == nullptr || document->roots().empty() ? nullptr : document->roots().front();
}

/// The image that a template line becomes, at the value that decides it where one does.
std::optional<Declaration> filled_in(const TemplateImage& line, const ChartFile& chart,
                                     const yaml::Node* values) {
    const std::optional<Expanded> expanded = expand(line.value, chart, values);
    if (!expanded || !oci::Reference::parse(expanded->text).has_value()) return std::nullopt;
    const oci::Parts parts = oci::split(expanded->text);
    Declaration declaration{.surface = Surface::helm, .subject = Subject::image};
    declaration.root = chart.directory;
    declaration.image = parts.name;
    declaration.declared = parts.tag;
    declaration.digest = parts.digest;
    declaration.by_default = expanded->from_chart;
    return at_place(expanded->scalar != nullptr ? place_of(expanded->scalar->mark) : line.place,
                    std::move(declaration));
}

/// Puts what a template says over what convention says of the same image.
class Merge {
  public:
    explicit Merge(ImageFacts& images)
        : images_(images), conventional_(images.declarations.size()) {}

    void add(Declaration exact) {
        std::erase_if(images_.undecided,
                      [&exact](const Undecided& each) { return each.name == exact.image; });
        bool known = false;
        for (std::size_t at = 0; at < images_.declarations.size() && !known; ++at) {
            Declaration& there = images_.declarations[at];
            if (there.image != exact.image) continue;
            known = same_tag(there, exact);
            if (!known && at < conventional_ && there.at == exact.at) {
                exact.field = there.field;
                there = exact;
                known = true;
            }
        }
        if (!known) images_.declarations.push_back(std::move(exact));
    }

  private:
    static bool same_tag(const Declaration& a, const Declaration& b) {
        return a.declared == b.declared && a.digest == b.digest;
    }

    ImageFacts& images_;
    const std::size_t conventional_;
};

/// The name before the first template of a line that could not be filled in; empty where none is
/// written out.
std::string written_name(const std::string& value) {
    std::string_view name = std::string_view(value).substr(0, value.find("{{"));
    while (name.ends_with(':') || name.ends_with('@')) name.remove_suffix(1);
    const bool whole = name.size() < value.find("{{") && name.find('/') != std::string_view::npos;
    return whole ? std::string(name) : std::string();
}

Gap undecided_gap(const ChartFile& chart, const std::vector<Undecided>& undecided) {
    Error error{Error::Kind::unsupported,
                "only the templates, which are not rendered, know the tag of `" +
                    undecided.front().name + "`",
                "render them with --helm-render", undecided.front().at};
    std::vector<std::string> names;
    for (const Undecided& each : undecided)
        if (std::find(names.begin(), names.end(), each.name) == names.end())
            names.push_back(each.name);
    return {Surface::helm, chart.directory, std::move(error), std::move(names)};
}

}  // namespace

Facts read_chart_images(const FileTree& tree, const ChartFile& chart,
                        kustomize::Documents* documents) {
    Facts facts;
    Templates templates = read_templates(tree, chart);
    const auto document = read_values_file(tree, chart, documents, facts);
    const yaml::Node* const values = root_of(document);
    ImageFacts images;
    if (values != nullptr) images = read_values(chart, *values, templates.default_tag);

    Merge merge(images);
    for (const TemplateImage& line : templates.images) {
        std::optional<Declaration> exact = filled_in(line, chart, values);
        if (exact)
            merge.add(std::move(*exact));
        else if (std::string name = written_name(line.value); !name.empty())
            images.undecided.push_back({std::move(name), line.place.at});
    }
    facts.declarations = std::move(images.declarations);
    facts.declarations.insert(facts.declarations.end(), templates.declarations.begin(),
                              templates.declarations.end());
    facts.gaps.insert(facts.gaps.end(), templates.gaps.begin(), templates.gaps.end());
    if (!images.undecided.empty()) facts.gaps.push_back(undecided_gap(chart, images.undecided));
    return facts;
}

}  // namespace lockstep::manifest
