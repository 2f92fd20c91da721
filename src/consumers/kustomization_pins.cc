#include "consumers/objects.h"
#include "manifest/remote_url.h"

namespace lockstep::consumers {

namespace {

/// `?ref=` of a base, or that there is none; nothing where the entry is no URL of a repository.
void add_base(const yaml::Node& entry, std::vector<Pin>& pins) {
    if (!entry.is_scalar()) return;
    const auto remote = manifest::parse_remote_url(entry.text);
    using Form = manifest::RemoteUrl::Form;
    if (!remote || (remote->form != Form::base && remote->form != Form::other)) return;
    // A single file by https is a copy of what it is, and pins nothing that has releases.
    const std::string_view path = entry.text.substr(0, entry.text.find('?'));
    if (path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json")) return;
    if (remote->repository.find('/') == std::string::npos) return;
    Pin pin = make_pin(Source::kustomize, &entry, nullptr);
    pin.repository = remote->repository;
    pin.revision = remote->revision;
    pin.form = form_of(pin.revision);
    pins.push_back(std::move(pin));
}

void add_image(const yaml::Node& entry, std::vector<Override>& overrides) {
    const yaml::Node* const tag = entry.find("newTag");
    const yaml::Node* const digest = entry.find("digest");
    const yaml::Node* const name = entry.find("newName");
    const yaml::Node* const shown = tag != nullptr ? tag : digest != nullptr ? digest : name;
    if (shown == nullptr) return;
    overrides.push_back({.image = std::string(entry.text_of(name != nullptr ? "newName" : "name")),
                         .tag = std::string(entry.text_of("newTag")),
                         .digest = std::string(entry.text_of("digest")),
                         .place = manifest::place_of(shown->mark)});
}

void add_chart(const yaml::Node& entry, std::vector<Pin>& pins) {
    const yaml::Node* const repository = entry.find("repo");
    if (repository == nullptr) return;  // a chart of this tree
    Pin pin = make_pin(Source::kustomize_chart, repository, entry.find("version"));
    pin.chart = entry.text_of("name");
    if (pin.form == Form::named) pin.form = Form::tag;
    if (const yaml::Node* const values = entry.find("valuesInline"))
        add_value_images(*values, pin.overrides);
    pins.push_back(std::move(pin));
}

}  // namespace

void read_kustomization_pins(const yaml::Node& root, Draft& draft) {
    std::vector<Pin> pins;
    for (const std::string_view key : {"resources", "bases", "components"})
        if (const yaml::Node* const entries = root.find(key))
            for (const yaml::Node* entry : entries->items) add_base(*entry, pins);
    std::vector<Override> overrides;
    if (const yaml::Node* const images = root.find("images"))
        for (const yaml::Node* entry : images->items) add_image(*entry, overrides);
    for (Pin& pin : pins) pin.overrides = overrides;
    if (const yaml::Node* const charts = root.find("helmCharts"))
        for (const yaml::Node* entry : charts->items) add_chart(*entry, pins);
    for (Pin& pin : pins) draft.found.pins.push_back(std::move(pin));
}

void read_chart_pins(const yaml::Node& root, Draft& draft) {
    const yaml::Node* const dependencies = root.find("dependencies");
    if (dependencies == nullptr) return;
    for (const yaml::Node* entry : dependencies->items) {
        const std::string_view repository = entry->text_of("repository");
        // None: a chart below `charts/`; file://: one of this tree; @name: of the user's helm.
        if (repository.empty() || repository.starts_with("file:")) continue;
        Pin pin =
            make_pin(Source::helm_dependency, entry->find("repository"), entry->find("version"));
        pin.chart = entry->text_of("name");
        if (pin.form == Form::named) pin.form = Form::tag;
        draft.found.pins.push_back(std::move(pin));
    }
}

}  // namespace lockstep::consumers
