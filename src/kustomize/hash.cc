#include "kustomize/hash.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/sha256.h"
#include "kustomize/go_json.h"
#include "kustomize/kustomization.h"
#include "yaml/number.h"

namespace lockstep::kustomize {

namespace {

constexpr std::size_t hash_length = 10;

std::unexpected<Error> not_hashed(const yaml::Node& node, std::string_view what) {
    return fail(Error::Kind::unsupported,
                "unsupported: the hash of " + std::string(what) + " in generated data", {},
                node.mark.location());
}

/// Integers pass through float64; those that it holds exactly are written in plain decimal.
Result<void> append_integer(std::string& out, const yaml::Node& value) {
    constexpr std::uint64_t exact = std::uint64_t{1} << 53;
    const auto integer = yaml::parse_integer(value.text);
    if (!integer || integer->magnitude > exact) return not_hashed(value, "a large number");
    yaml::append_number(*integer, out);
    return {};
}

Result<void> append_value(std::string& out, const yaml::Node& value) {
    if (!value.is_scalar()) return not_hashed(value, "a collection");
    if (value.is_null()) {
        out += "null";
        return {};
    }
    if (value.type == yaml::Type::integer) return append_integer(out, value);
    if (!value.is_string()) return not_hashed(value, "a value that is no text");
    if (value.style == yaml::Style::folded) return not_hashed(value, "a folded text");
    append_json_string(out, value.text);
    return {};
}

/// A field of the object: a map with sorted keys, a scalar's text, or "" where there is none.
Result<void> append_field(std::string& out, const yaml::Node* field) {
    if (field == nullptr || field->is_scalar()) {
        append_json_string(out, field == nullptr ? "" : field->text);
        return {};
    }
    if (!field->is_mapping()) return not_hashed(*field, "a list");
    std::vector<yaml::Pair> sorted(field->pairs.begin(), field->pairs.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const yaml::Pair& a, const yaml::Pair& b) { return a.key->text < b.key->text; });
    out += '{';
    for (const yaml::Pair& pair : sorted) {
        if (out.back() != '{') out += ',';
        append_json_string(out, pair.key->text);
        out += ':';
        TRY(append_value(out, *pair.value));
    }
    out += '}';
    return {};
}

/// The JSON that kustomize hashes. The name is always "": kustomize looks for a field that is
/// literally called "metadata/name".
Result<std::string> hashed_text(const yaml::Node& root) {
    const std::string_view kind = root.text_of("kind");
    const bool secret = kind == "Secret";
    if (!secret && kind != "ConfigMap") return not_hashed(root, "kind " + std::string(kind));
    std::string out = "{";
    const auto add_map = [&](std::string_view key) -> Result<void> {
        const yaml::Node* const map = root.find(key);
        if (map == nullptr || !map->is_mapping()) return {};
        out.append(secret ? ",\"" : "\"").append(key).append("\":");
        TRY(append_field(out, map));
        if (!secret) out += ',';
        return {};
    };
    if (!secret) TRY(add_map("binaryData"));
    out += "\"data\":";
    TRY(append_field(out, root.find("data")));
    out.append(",\"kind\":\"").append(kind).append("\",\"name\":\"\"");
    if (secret) {
        TRY(add_map("stringData"));
        out += ",\"type\":";
        TRY(append_field(out, root.find("type")));
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
        const std::string text = TRY(hashed_text(*object->root));
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
