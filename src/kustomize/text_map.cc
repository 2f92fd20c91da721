#include "kustomize/text_map.h"

#include <string>

#include "kustomize/scalar.h"
#include "yaml/scalar_type.h"

namespace lockstep::kustomize {

TextMap read_text_map(const yaml::Node* mapping, std::string_view key) {
    TextMap map;
    const yaml::Node* const found = mapping == nullptr ? nullptr : mapping->find(key);
    if (found == nullptr) return map;
    for (const yaml::Pair& pair : found->pairs) map[pair.key->text] = pair.value;
    return map;
}

void overlay(TextMap& into, const TextMap& from) {
    for (const auto& [key, value] : from) into[key] = value;
}

Result<void> write_text_map(yaml::Arena& arena, yaml::Node& mapping, std::string_view key,
                            const TextMap& map) {
    mapping.remove(key);
    if (map.empty()) return {};
    yaml::Node* const written = yaml::make_mapping(arena);
    for (const auto& [name, value] : map) {
        yaml::Node* const key_node = TRY(make_key(arena, name, value->mark));
        yaml::Node* const text = TRY(make_text(arena, value->text, value->mark));
        quote_if_misread(*text);
        written->pairs.push_back(arena, {key_node, text});
    }
    mapping.set(arena, key, written);
    return {};
}

Result<yaml::Node*> make_key(yaml::Arena& arena, std::string_view text, yaml::Mark mark) {
    if (yaml::plain_type(text, yaml::Dialect::resource) != yaml::Type::string)
        return fail(Error::Kind::invalid,
                    "unsupported type: the key `" + std::string(text) +
                        "` is no text when kustomize reads it again",
                    {}, mark.location());
    if (text == "<<" || text.find('\n') != std::string_view::npos)
        return fail(Error::Kind::unsupported,
                    "unsupported: the key `" + std::string(text) + "` in generated text", {},
                    mark.location());
    return yaml::make_string(arena, text, mark);
}

Result<yaml::Node*> make_text(yaml::Arena& arena, std::string_view text, yaml::Mark mark) {
    yaml::Node* const node = yaml::make_string(arena, text, mark);
    if (text.find('\n') == std::string_view::npos) return node;
    if (text.starts_with('\t'))
        return fail(Error::Kind::invalid,
                    "kustomize cannot read its own text again where the first line of several "
                    "begins with a tab",
                    "begin with a space or an empty line", mark.location());
    node->style = yaml::Style::literal;
    return node;
}

}  // namespace lockstep::kustomize
