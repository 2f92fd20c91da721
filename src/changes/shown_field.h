#pragma once

#include <string>

#include "changes/objects.h"
#include "changes/upgrade.h"

namespace lockstep::changes {

/// A value of an object in one line: what a Secret holds is hidden. Empty where `value` is null.
std::string shown_value(const ObjectChange& object, const Path& path, const yaml::Node* value);

/// A field as people see it, with the line that decided it.
Field shown_field(const ObjectChange& object, const FieldChange& field);

}  // namespace lockstep::changes
