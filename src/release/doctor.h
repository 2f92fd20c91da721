#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/setting.h"

namespace lockstep::release {

/// One answer to the question whether releases can be made here.
struct Check {
    enum class Outcome : std::uint8_t {
        ok,
        problem,  // a release would fail or go wrong; `fix` says what to do
        unknown,  // could not be seen from here; `fix` says where to look
        skipped,  // there is nothing to check, or nobody can: `fix` may hold advice
    };
    std::string id;  // "push-rights"
    Outcome outcome = Outcome::ok;
    std::string what;  // a sentence without a point
    std::string fix;   // may be empty

    bool operator==(const Check&) const = default;
};
std::string_view to_string(Check::Outcome outcome);

struct Examined {
    std::string remote;   // for messages
    std::string branch;   // "main"; empty where it is not known
    std::string version;  // tag of the release that was asked about; empty where none can be
    std::vector<Check> checks;
};

/// Asks the remote, the registries and the files of `branch` (empty: the remote's default one)
/// whether a release could be made. Writes nothing that anybody sees: pushes are rehearsed, uploads
/// begun and taken back. Errors: no repository, no such remote; everything else is a check.
Result<Examined> examine(const Setting& setting, const std::string& remote,
                         const std::string& branch);

}  // namespace lockstep::release
