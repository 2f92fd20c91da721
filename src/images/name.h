#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "oci/reference.h"

namespace lockstep::images {

/// An image in a layout on disk: "oci:DIR", "oci:DIR:TAG", "oci:DIR@sha256:…".
struct LayoutName {
    std::string directory;
    std::string tag, digest;  // at most one of them

    bool operator==(const LayoutName&) const = default;
};

/// What a user may name an image by.
using Name = std::variant<oci::Reference, LayoutName>;

/// `usage` where it is neither. A layout's directory may hold colons if its last path element has
/// none; "docker://REF" is REF, for who is used to skopeo.
Result<Name> parse_name(std::string_view text);
std::string to_string(const Name& name);

}  // namespace lockstep::images
