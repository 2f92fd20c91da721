#pragma once

#include <string>
#include <string_view>

#include "git/draft.h"

namespace lockstep::release {

/// What a ref is at the remote; null: it is not there.
git::ObjectId value_of(const git::Refs& refs, std::string_view ref);

/// An id as states write it; null where the text is none.
git::ObjectId object_id(const std::string& hex);

}  // namespace lockstep::release
