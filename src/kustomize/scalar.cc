#include "kustomize/scalar.h"

#include "yaml/scalar_type.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;
using yaml::Style;
using yaml::Type;

Type untyped(const Node& scalar) {
    return scalar.style == Style::plain ? yaml::plain_type(scalar.text, yaml::Dialect::resource)
                                        : Type::string;
}

}  // namespace

void set_untyped(Node& scalar, std::string_view text, yaml::Mark mark) {
    scalar.untyped = true;
    set_text(scalar, text, mark);
}

void set_text(Node& scalar, std::string_view text, yaml::Mark mark) {
    scalar.text = text;
    scalar.mark = mark;
    if (scalar.untyped) scalar.type = untyped(scalar);
}

void set_untyped_field(yaml::Arena& arena, Node& mapping, std::string_view key,
                       std::string_view text, yaml::Mark mark) {
    Node* const made = make_untyped(arena, text, mark);
    quote_if_misread(*made);
    Node* const old = mapping.find(key);
    if (old == nullptr) return mapping.set(arena, key, made);
    made->style = old->is_scalar() ? old->style : Style::plain;
    made->type = untyped(*made);
    *old = *made;
}

Node* make_untyped(yaml::Arena& arena, std::string_view text, yaml::Mark mark) {
    Node* const made = yaml::make_string(arena, text, mark);
    made->untyped = true;
    made->type = untyped(*made);
    return made;
}

void quote_if_misread(Node& scalar) {
    if (!scalar.is_scalar() || scalar.style != Style::plain || scalar.text.empty()) return;
    if (!scalar.untyped && scalar.type != Type::string) return;
    // YAML 1.1 has dates, but who asks here takes them for strings.
    const Type read = yaml::plain_type(scalar.text, yaml::Dialect::kustomization);
    if (read == Type::string || read == Type::timestamp) return;
    scalar.style = Style::double_quoted;
    scalar.type = Type::string;
}

}  // namespace lockstep::kustomize
