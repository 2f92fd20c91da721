#pragma once

#include <string>
#include <string_view>

namespace lockstep::testing {

/// Compares `text` with the file tests/data/<name>, whole. With LOCKSTEP_UPDATE=1 in the
/// environment the file is rewritten instead: read the difference before you commit it.
void expect_golden(std::string_view name, std::string_view text);

/// The folder tests/ of the source tree.
std::string test_directory();

}  // namespace lockstep::testing
