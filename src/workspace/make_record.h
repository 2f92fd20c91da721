#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/evidence.h"
#include "record/record.h"
#include "workspace/workspace.h"

namespace lockstep::workspace {

/// What the evidence does not say.
struct RecordRequest {
    record::Record::Origin origin = record::Record::Origin::release;
    std::string source = {};  // the commit that the release was made from; may be empty
    std::string mode = {};    // "tag", "digest"; may be empty
    std::int64_t time = 0;    // seconds since 1970 UTC
    std::string tool = {};    // "lockstep 0.1.0"
    /// References as the history's images have them: with registry and path in full.
    std::vector<std::string> images = {}, charts = {};
};

/// The record of the release that `history` is about: its tag, what the registries hold under the
/// references, what its kustomizations render to; those that the configuration ignores are left
/// out. All or nothing: `usage` where it has no tag, `not_found` where a registry certainly holds
/// nothing, otherwise `unavailable` where something could not be asked or rendered.
Result<record::Record> make_record(Workspace& workspace, const evidence::History& history,
                                   const RecordRequest& request);

}  // namespace lockstep::workspace
