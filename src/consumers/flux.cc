// Flux: source-controller v1 (GitRepository, OCIRepository, HelmRepository), helm-controller v2
// (HelmRelease), kustomize-controller v1 (Kustomization); the older versions have the same fields.
#include "consumers/objects.h"

namespace lockstep::consumers {

namespace {

std::string_view group_of(const yaml::Node& object) {
    const std::string_view version = object.text_of("apiVersion");
    return version.substr(0, version.find('/'));
}

/// What counts of several: a commit before a name before a range before a tag before a branch.
struct Choice {
    std::string_view key;
    Form form;
};
constexpr Choice git_choices[] = {{"commit", Form::commit},
                                  {"name", Form::named},
                                  {"semver", Form::range},
                                  {"tag", Form::tag},
                                  {"branch", Form::branch}};
constexpr Choice oci_choices[] = {
    {"digest", Form::digest}, {"semver", Form::range}, {"tag", Form::tag}};

template <std::size_t count>
Pin pin_of(Source source, const yaml::Node& object, const Choice (&choices)[count]) {
    const yaml::Node* const spec = object.find("spec");
    const yaml::Node* const url = spec == nullptr ? nullptr : spec->find("url");
    for (const auto& [key, form] : choices) {
        const yaml::Node* const chosen = spec == nullptr ? nullptr : spec->at("ref", key);
        if (chosen == nullptr || !chosen->is_scalar() || chosen->text.empty()) continue;
        Pin pin = make_pin(source, url, chosen);
        constexpr std::string_view tags = "refs/tags/", heads = "refs/heads/";
        if (pin.form != Form::templated) pin.form = form;
        if (form == Form::named && pin.revision.starts_with(tags)) {
            pin.revision.erase(0, tags.size());
            pin.form = Form::tag;
        } else if (form == Form::named && pin.revision.starts_with(heads)) {
            pin.form = Form::branch;
        }
        return pin;
    }
    return make_pin(source, url, nullptr);
}

void add_source(const yaml::Node& object, Pin pin, Draft& draft) {
    pin.object = title_of(object);
    if (pin.place.at.path.empty()) pin.place = manifest::place_of(object.mark);
    draft.sources.push_back({.key = key_of(object), .pin = std::move(pin), .is_pin = true});
}

Reference reference_to(const yaml::Node& source, const yaml::Node& object) {
    Reference reference{
        .source = {std::string(source.text_of("kind")), std::string(source.text_of("namespace")),
                   std::string(source.text_of("name"))},
        .place = manifest::place_of(source.mark),
        .object = title_of(object)};
    if (reference.source.name_space.empty())
        reference.source.name_space = key_of(object).name_space;
    if (const yaml::Node* const name = source.find("name"))
        reference.place = manifest::place_of(name->mark);
    return reference;
}

void read_release(const yaml::Node& object, const yaml::Node& spec, Draft& draft) {
    const yaml::Node* const chart = spec.at("chart", "spec");
    const yaml::Node* const source =
        chart != nullptr ? chart->find("sourceRef") : spec.find("chartRef");
    if (source == nullptr) return;
    Reference reference = reference_to(*source, object);
    if (chart != nullptr) {
        reference.chart = chart->text_of("chart");
        reference.version = chart->text_of("version");
        if (const yaml::Node* const version = chart->find("version"))
            reference.version_place = manifest::place_of(version->mark);
    }
    if (const yaml::Node* const values = spec.find("values"))
        add_value_images(*values, reference.overrides);
    draft.references.push_back(std::move(reference));
}

void read_kustomization(const yaml::Node& object, const yaml::Node& spec, Draft& draft) {
    const yaml::Node* const source = spec.find("sourceRef");
    const yaml::Node* const images = spec.find("images");
    if (source == nullptr || images == nullptr) return;
    Reference reference = reference_to(*source, object);
    for (const yaml::Node* entry : images->items) {
        const yaml::Node* const tag = entry->find("newTag");
        const yaml::Node* const digest = entry->find("digest");
        const yaml::Node* const shown = tag != nullptr ? tag : digest;
        if (shown == nullptr) continue;
        const bool is_renamed = entry->find("newName") != nullptr;
        reference.overrides.push_back(
            {.image = std::string(entry->text_of(is_renamed ? "newName" : "name")),
             .tag = std::string(entry->text_of("newTag")),
             .digest = std::string(entry->text_of("digest")),
             .place = manifest::place_of(shown->mark)});
    }
    draft.references.push_back(std::move(reference));
}

}  // namespace

void read_flux_object(const yaml::Node& object, Draft& draft) {
    const std::string_view group = group_of(object);
    const std::string_view kind = object.text_of("kind");
    const yaml::Node* const spec = object.find("spec");
    if (spec == nullptr) return;
    if (group == "source.toolkit.fluxcd.io" && kind == "GitRepository")
        return add_source(object, pin_of(Source::flux_git, object, git_choices), draft);
    if (group == "source.toolkit.fluxcd.io" && kind == "OCIRepository")
        return add_source(object, pin_of(Source::flux_oci, object, oci_choices), draft);
    if (group == "source.toolkit.fluxcd.io" && kind == "HelmRepository")
        draft.sources.push_back({.key = key_of(object),
                                 .pin = make_pin(Source::flux_chart, spec->find("url"), nullptr),
                                 .is_pin = false});
    if (group == "helm.toolkit.fluxcd.io" && kind == "HelmRelease")
        read_release(object, *spec, draft);
    if (group == "kustomize.toolkit.fluxcd.io" && kind == "Kustomization")
        read_kustomization(object, *spec, draft);
}

}  // namespace lockstep::consumers
