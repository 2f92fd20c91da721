#include "kustomize/scalar.h"

#include "yaml/scalar_type.h"

namespace lockstep::kustomize {

namespace {

yaml::Type plain_type(std::string_view text) {
    return yaml::plain_type(text, yaml::Dialect::resource);
}

/// A plain string that would read as something else was tagged as one (`!!str 12`), and kustomize
/// keeps that.
bool is_tagged_string(const yaml::Node& scalar) {
    return scalar.is_string() && plain_type(scalar.text) != yaml::Type::string;
}

}  // namespace

void set_untyped(yaml::Node& scalar, std::string_view text, yaml::Mark mark) {
    const bool string = scalar.style != yaml::Style::plain || is_tagged_string(scalar);
    scalar.type = string ? yaml::Type::string : plain_type(text);
    scalar.text = text;
    scalar.mark = mark;
}

}  // namespace lockstep::kustomize
