#pragma once

#include <string>
#include <string_view>

namespace lockstep::release {

/// `text` with `value` wherever `name` stands in it: "{tag}", "/".
std::string replaced(std::string text, std::string_view name, std::string_view value);

}  // namespace lockstep::release
