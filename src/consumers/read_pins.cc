#include "consumers/read_pins.h"

#include <algorithm>
#include <tuple>

#include "consumers/objects.h"
#include "manifest/file_text.h"
#include "manifest/gaps.h"
#include "manifest/path_kinds.h"
#include "yaml/parse.h"

namespace lockstep::consumers {

namespace {

constexpr std::size_t files_max = 50'000;
constexpr unsigned depth_max = 64;

bool is_chart_file(std::string_view path) {
    const std::string_view name = file_name(path);
    return name == "Chart.yaml" || name == "Chart.yml";
}

/// Whether a YAML file can hold an object that is read here: most do not, and are not parsed.
bool may_pin(std::string_view text) {
    return text.contains("toolkit.fluxcd.io/") || text.contains("argoproj.io/");
}

void add_gap(std::string_view path, Error error, Draft& draft) {
    draft.found.gaps.push_back(
        {manifest::Surface::yaml, {}, manifest::placed(std::move(error), path), {}});
}

void read_objects(const yaml::Document& document, Draft& draft) {
    for (const yaml::Node* const root : document.roots()) {
        const yaml::Node* const items = root->find("items");
        const bool is_list = root->text_of("kind").ends_with("List") && items != nullptr;
        std::vector<const yaml::Node*> objects;
        if (is_list)
            objects.assign(items->items.begin(), items->items.end());
        else
            objects.push_back(root);
        for (const yaml::Node* object : objects) {
            read_flux_object(*object, draft);
            read_argo_object(*object, draft);
        }
    }
}

void read_text(std::string_view path, const Blob& text, Draft& draft) {
    const bool is_kustomization = manifest::is_kustomization_name(file_name(path));
    if (!is_kustomization && !is_chart_file(path) && !may_pin(*text)) return;
    const auto document = yaml::Document::parse(
        std::string(path), text,
        is_kustomization ? yaml::Dialect::kustomization : yaml::Dialect::resource);
    if (!document) return add_gap(path, document.error(), draft);
    if (is_kustomization || is_chart_file(path)) {
        for (const yaml::Node* const root : (*document)->roots())
            is_kustomization ? read_kustomization_pins(*root, draft)
                             : read_chart_pins(*root, draft);
        return;
    }
    read_objects(**document, draft);
}

class Walk {
  public:
    Walk(const FileTree& tree, Draft& draft) : tree_(tree), draft_(draft) {}

    Result<void> read(const std::string& directory, unsigned depth) {
        const auto entries = tree_.list(directory);
        if (!entries && depth == 0) return std::unexpected<Error>(entries.error());
        if (!entries) return (add_gap(directory, entries.error(), draft_), Result<void>());
        for (const FileTree::Entry& entry : *entries) {
            const std::string path = directory.empty() ? entry.name : directory + '/' + entry.name;
            if (entry.kind == FileTree::Kind::directory) TRY(descend(path, entry.name, depth));
            if (entry.kind == FileTree::Kind::file) read_file(path);
        }
        return {};
    }

  private:
    Result<void> descend(const std::string& path, const std::string& name, unsigned depth) {
        if (name == ".git" || name == "node_modules") return {};
        if (depth < depth_max) return read(path, depth + 1);
        add_gap(path, {.kind = Error::Kind::invalid, .message = "it is nested too deep"}, draft_);
        return {};
    }

    void read_file(const std::string& path) {
        if (!manifest::is_yaml_name(file_name(path)) &&
            !manifest::is_kustomization_name(file_name(path)))
            return;
        if (++files_ > files_max) {
            if (files_ == files_max + 1)
                add_gap(path,
                        {.kind = Error::Kind::invalid,
                         .message = "there are more than " + std::to_string(files_max) +
                                    " files; what comes behind this one was not read"},
                        draft_);
            return;
        }
        const Result<Blob> text = manifest::read_file(tree_, path);
        if (!text) return add_gap(path, text.error(), draft_);
        read_text(path, *text, draft_);
    }

    const FileTree& tree_;
    Draft& draft_;
    std::size_t files_ = 0;
};

bool is_meant(const ObjectKey& wanted, const ObjectKey& key) {
    return wanted.kind == key.kind && wanted.name == key.name &&
           (wanted.name_space == key.name_space || wanted.name_space.empty() ||
            key.name_space.empty());
}

/// A chart that a HelmRelease takes out of a HelmRepository, or out of a Git repository.
void add_chart(const Reference& reference, const NamedSource* source, Found& found) {
    Pin pin{.source = Source::flux_chart,
            .place = reference.version.empty() ? reference.place : reference.version_place,
            .object = reference.object};
    if (source != nullptr) {
        pin.url = source->pin.url;
        pin.repository = source->pin.repository;
    }
    pin.chart = reference.chart;
    pin.revision = reference.version;
    pin.form = form_of(pin.revision);
    if (pin.form == Form::named) pin.form = Form::tag;
    pin.overrides = reference.overrides;
    found.pins.push_back(std::move(pin));
}

void link(Reference& reference, Draft& draft) {
    const auto found = std::ranges::find_if(draft.sources, [&](const NamedSource& source) {
        return is_meant(reference.source, source.key);
    });
    NamedSource* const source = found == draft.sources.end() ? nullptr : &*found;
    if (!reference.chart.empty() && (source == nullptr || !source->is_pin))
        return add_chart(reference, source, draft.found);
    if (source != nullptr) {
        std::ranges::move(reference.overrides, std::back_inserter(source->pin.overrides));
        return;
    }
    if (reference.overrides.empty()) return;
    draft.found.gaps.push_back(
        {manifest::Surface::yaml,
         {},
         {.kind = Error::Kind::not_found,
          .message = reference.object + " overrides images of " + reference.source.kind + " `" +
                     reference.source.name + "`, which is not in this tree",
          .hint = "what they are held against is not known",
          .at = reference.place.at},
         {}});
}

Found finish(Draft draft) {
    for (Reference& reference : draft.references) link(reference, draft);
    for (NamedSource& source : draft.sources)
        if (source.is_pin) draft.found.pins.push_back(std::move(source.pin));
    std::ranges::stable_sort(draft.found.pins, [](const Pin& a, const Pin& b) {
        const auto place = [](const Pin& pin) {
            return std::tie(pin.place.at.path, pin.place.at.line, pin.place.at.column);
        };
        return place(a) < place(b);
    });
    return std::move(draft.found);
}

}  // namespace

Result<Found> read_pins(const FileTree& tree, const std::string& root) {
    Draft draft;
    TRY(Walk(tree, draft).read(root, 0));
    return finish(std::move(draft));
}

Found read_pins_of(std::string_view path, const Blob& text) {
    Draft draft;
    read_text(path, text, draft);
    return finish(std::move(draft));
}

}  // namespace lockstep::consumers
