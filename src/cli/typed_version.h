#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "evidence/evidence.h"
#include "project/project.h"
#include "version/version.h"

namespace lockstep::cli {

/// A version that is to be released, as people type it.
struct TypedVersion {
    version::Version version;
    std::string tag;  // "v1.2.0"
};

/// "v1.2.0" is a tag as it stands. Of "1.2.0" the tag is written as lockstep.yaml says, else as the
/// tags of the releases before are, else with a "v". `usage` for what is no version.
Result<TypedVersion> typed_version(std::string_view text, const project::Project& project,
                                   const evidence::History& history);

}  // namespace lockstep::cli
