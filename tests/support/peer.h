#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/subprocess.h"

namespace lockstep::testing {

/// Another tool that tests compare with: along PATH, else where scripts/install-peers puts them.
/// Nothing where it is not installed; the test is then skipped, see `absent`.
std::optional<std::string> find_peer(std::string_view program);

/// What a skipped test says: "`crane` is not installed".
std::string absent(std::string_view program);

/// Runs a tool that tests need themselves (openssl, curl, sha256sum): what it printed. Throws where
/// it fails, with what it said.
std::string run_tool(const std::vector<std::string>& argv, std::string_view input = {});

/// Runs a peer with `home` as its home: it finds no configuration or credentials but those that a
/// test wrote there (`.docker/config.json` is where all of them look). How it ends is an answer.
os::Captured run_peer(std::vector<std::string> argv, const std::string& home,
                      std::string_view input = {});

}  // namespace lockstep::testing
