#include "kustomize/hash.h"

#include <string>

#include "crypto/sha256.h"
#include "kustomize/go_json.h"
#include "kustomize/json_form.h"
#include "kustomize/node_json.h"

namespace lockstep::kustomize {

namespace {

constexpr std::size_t hash_length = 10;

/// Of other kinds kustomize hashes how they are written, its own notes included.
Result<std::string> written_text(const Resource& object) {
    if (object.read_as != nullptr && object.former.empty() && object.prefixes.empty() &&
        object.suffixes.empty() && is_as_read(*object.read_as, *object.root))
        return node_json(*object.read_as);
    return fail(Error::Kind::unsupported,
                "unsupported: the hash of kind " + std::string(object.root->text_of("kind")) +
                    " that was changed, or stands beside comments, anchors, tags or other objects",
                "write it into a file of its own, and change nothing",
                object.root->mark.location());
}

/// A field of the object: a map with sorted keys, a scalar's text, "" where there is none, and null
/// for a list, which fits no map. The numbers of a map pass through float64.
Result<void> append_field(yaml::Arena& arena, std::string& out, const yaml::Node* field) {
    if (field == nullptr || field->is_scalar()) {
        append_json_string(out, field == nullptr ? "" : field->text);
        return {};
    }
    if (field->is_sequence()) {
        out += "null";
        return {};
    }
    yaml::Node* const copy = clone(arena, *field);
    TRY(through_json(arena, *copy, Integers::as_float64));
    out += TRY(go_json(*copy, JsonLayout::compact));
    return {};
}

/// The JSON that kustomize hashes. The name is always "": kustomize looks for a field that is
/// literally called "metadata/name".
Result<std::string> hashed_text(yaml::Arena& arena, const Resource& object) {
    const yaml::Node& root = *object.root;
    const std::string_view kind = root.text_of("kind");
    const bool secret = kind == "Secret";
    if (!secret && kind != "ConfigMap") return written_text(object);
    std::string out = "{";
    const auto add_map = [&](std::string_view key) -> Result<void> {
        const yaml::Node* const map = root.find(key);
        if (map == nullptr || map->is_scalar()) return {};
        out.append(secret ? ",\"" : "\"").append(key).append("\":");
        TRY(append_field(arena, out, map));
        if (!secret) out += ',';
        return {};
    };
    if (!secret) TRY(add_map("binaryData"));
    out += "\"data\":";
    TRY(append_field(arena, out, root.find("data")));
    out.append(",\"kind\":\"").append(kind).append("\",\"name\":\"\"");
    if (secret) {
        TRY(add_map("stringData"));
        out += ",\"type\":";
        TRY(append_field(arena, out, root.find("type")));
    }
    return out + "}";
}

/// The first digits of the hash, without those that could spell a word.
std::string encoded(std::string_view hex) {
    std::string text(hex.substr(0, hash_length));
    for (char& c : text) {
        constexpr std::string_view from = "013ae";
        constexpr std::string_view to = "ghkmt";
        const std::size_t at = from.find(c);
        if (at != std::string_view::npos) c = to[at];
    }
    return text;
}

}  // namespace

Result<void> add_hashes(Build& build, Resources& objects) {
    for (Resource* const object : objects) {
        if (!object->needs_hash) continue;
        const std::string text = TRY(hashed_text(build.arena(), *object));
        object->remember_id();
        const std::string name =
            std::string(object->name()) + "-" + encoded(crypto::sha256_hex(text));
        const yaml::Node* const old = object->root->at("metadata", "name");
        object->set_name(build.arena(), build.arena().copy(name),
                         old == nullptr ? yaml::Mark{} : old->mark);
    }
    objects.ids_changed();
    return {};
}

}  // namespace lockstep::kustomize
