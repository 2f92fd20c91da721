// Argo CD: Application and ApplicationSet (argoproj.io/v1alpha1).
#include "consumers/objects.h"
#include "yaml/parse.h"

namespace lockstep::consumers {

namespace {

void add_kustomize_images(const yaml::Node& source, std::vector<Override>& overrides) {
    const yaml::Node* const images = source.at("kustomize", "images");
    if (images == nullptr) return;
    for (const yaml::Node* entry : images->items)
        if (entry->is_scalar()) overrides.push_back(override_of(entry->text, entry->mark));
}

/// `helm.parameters`: {name: image.tag, value: v1}.
void add_parameters(const yaml::Node& source, std::vector<Override>& overrides) {
    const yaml::Node* const parameters = source.at("helm", "parameters");
    if (parameters == nullptr) return;
    for (const yaml::Node* entry : parameters->items) {
        const std::string_view name = entry->text_of("name");
        const yaml::Node* const value = entry->find("value");
        const bool is_tag = name == "image.tag" || name.ends_with(".image.tag");
        if (!is_tag || value == nullptr || !value->is_scalar()) continue;
        overrides.push_back({.image = {},
                             .tag = std::string(value->text),
                             .digest = {},
                             .place = manifest::place_of(value->mark)});
    }
}

/// `helm.values` is YAML in a text: its places are those of the text as a whole.
void add_values_text(const yaml::Node& source, Draft& draft, std::vector<Override>& overrides) {
    const yaml::Node* const values = source.at("helm", "values");
    if (values == nullptr || !values->is_scalar() || values->text.empty()) return;
    const auto document =
        yaml::Document::parse("values", std::make_shared<const std::string>(values->text),
                              yaml::Dialect::resource, {.bytes = 1u << 20, .nodes = 50'000});
    if (!document) {
        Error error = document.error();
        error.at = values->mark.location();
        draft.found.gaps.push_back({manifest::Surface::yaml, {}, std::move(error), {}});
        return;
    }
    const std::size_t first = overrides.size();
    for (const yaml::Node* const root : (*document)->roots()) add_value_images(*root, overrides);
    for (std::size_t at = first; at < overrides.size(); ++at)
        overrides[at].place = manifest::place_of(values->mark);
}

void read_source(const yaml::Node& object, const yaml::Node& source, Draft& draft) {
    const yaml::Node* const url = source.find("repoURL");
    if (url == nullptr) return;
    const std::string chart(source.text_of("chart"));
    Pin pin = make_pin(chart.empty() ? Source::argo_git : Source::argo_chart, url,
                       source.find("targetRevision"));
    pin.chart = chart;
    pin.object = title_of(object);
    if (!chart.empty() && pin.form == Form::named) pin.form = Form::tag;
    if (form_of(pin.url) == Form::templated) pin.form = Form::templated;
    add_kustomize_images(source, pin.overrides);
    add_parameters(source, pin.overrides);
    add_values_text(source, draft, pin.overrides);
    if (const yaml::Node* const values = source.at("helm", "valuesObject"))
        add_value_images(*values, pin.overrides);
    draft.found.pins.push_back(std::move(pin));
}

}  // namespace

void read_argo_object(const yaml::Node& object, Draft& draft) {
    if (!object.text_of("apiVersion").starts_with("argoproj.io/")) return;
    const std::string_view kind = object.text_of("kind");
    const yaml::Node* spec = nullptr;
    if (kind == "Application") spec = object.find("spec");
    if (kind == "ApplicationSet") spec = object.at("spec", "template", "spec");
    if (spec == nullptr) return;
    if (const yaml::Node* const source = spec->find("source")) read_source(object, *source, draft);
    if (const yaml::Node* const sources = spec->find("sources"))
        for (const yaml::Node* source : sources->items) read_source(object, *source, draft);
}

}  // namespace lockstep::consumers
