#pragma once

#include <gtest/gtest.h>

#include <string>

#include "os/subprocess.h"
#include "support/golden.h"

namespace lockstep::report::testing {

/// What a validator that is not ours says of `text`. `is_there` is false where python3 or its
/// package jsonschema (Debian: python3-jsonschema) is missing.
struct Validation {
    bool is_there = false;
    bool is_valid = false;
    std::string faults;  // one a line
};

/// `schema`: a path below the top of the source tree.
inline Validation validate(const std::string& schema, const std::string& text) {
    constexpr const char* program = R"(
import json, sys
try:
    import jsonschema
except ImportError:
    sys.exit(77)
schema = json.load(open(sys.argv[1]))
check = jsonschema.validators.validator_for(schema)
check.check_schema(schema)
faults = ["/".join(map(str, e.path)) + ": " + e.message for e in check(schema).iter_errors(json.load(sys.stdin))]
print("\n".join(faults))
sys.exit(1 if faults else 0)
)";
    const std::string path = lockstep::testing::test_directory() + "/../" + schema;
    const auto ran = os::run({.argv = {"python3", "-c", program, path}}, {.input = text});
    if (!ran || ran->exit.code == 77) return {};
    return {true, ran->exit.ok(), ran->out + ran->err};
}

}  // namespace lockstep::report::testing
