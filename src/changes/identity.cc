#include "changes/identity.h"

namespace lockstep::changes {

std::string to_string(const Identity& identity) {
    std::string text = identity.kind + '/';
    if (!identity.space.empty()) text += identity.space + '/';
    return text + identity.name;
}

Identity identity_of(const yaml::Node& object) {
    Identity identity;
    const std::string_view api_version = object.text_of("apiVersion");
    const std::size_t slash = api_version.find('/');
    if (slash == std::string_view::npos) {
        identity.version = api_version;
    } else {
        identity.group = api_version.substr(0, slash);
        identity.version = api_version.substr(slash + 1);
    }
    identity.kind = object.text_of("kind");
    const yaml::Node* const metadata = object.find("metadata");
    if (metadata == nullptr) return identity;
    identity.name = metadata->text_of("name");
    identity.space = metadata->text_of("namespace");
    return identity;
}

std::string_view name_before_hash(std::string_view name) {
    // kustomize replaces what could spell words: hash.cc of src/kustomize has the same letters.
    constexpr std::string_view letters = "2456789bcdfghkmt";
    constexpr std::size_t size = 10;
    if (name.size() < size + 2 || name[name.size() - size - 1] != '-') return {};
    if (name.substr(name.size() - size).find_first_not_of(letters) != std::string_view::npos)
        return {};
    return name.substr(0, name.size() - size - 1);
}

}  // namespace lockstep::changes
