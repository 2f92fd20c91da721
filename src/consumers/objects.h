#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "consumers/pin.h"
#include "yaml/node.h"

namespace lockstep::consumers {

/// The name of an object, as other objects refer to it.
struct ObjectKey {
    std::string kind, name_space, name;

    bool operator==(const ObjectKey&) const = default;
};

/// Something that takes its material from a source by name, and overrides images of it.
struct Reference {
    ObjectKey source;
    manifest::Place place;       // of the reference
    std::string object;          // that refers
    std::string chart, version;  // of a HelmRelease; both may be empty
    manifest::Place version_place;
    std::vector<Override> overrides;
};

/// A source that objects refer to by name.
struct NamedSource {
    ObjectKey key;
    Pin pin;
    bool is_pin = false;  // it pins by itself; a HelmRepository does not
};

/// What was read so far.
struct Draft {
    Found found;
    std::vector<NamedSource> sources;
    std::vector<Reference> references;
};

void read_kustomization_pins(const yaml::Node& root, Draft& draft);
void read_chart_pins(const yaml::Node& root, Draft& draft);
/// Objects of other kinds are passed over.
void read_flux_object(const yaml::Node& root, Draft& draft);
void read_argo_object(const yaml::Node& root, Draft& draft);

/// Images that values of a chart set: mappings of {repository, tag} anywhere in `values`.
void add_value_images(const yaml::Node& values, std::vector<Override>& overrides);
/// "name=new:tag", "name:tag", "name@digest": as `kustomize edit set image` takes them.
Override override_of(std::string_view text, const yaml::Mark& mark);

/// A pin at the scalar that says the revision, else at that of the URL.
Pin make_pin(Source source, const yaml::Node* url, const yaml::Node* revision);
/// "GitRepository flux-system/podinfo"
std::string title_of(const yaml::Node& object);
ObjectKey key_of(const yaml::Node& object);

}  // namespace lockstep::consumers
