#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "trace/seen.h"
#include "workspace/ask_images.h"
#include "workspace/workspace.h"

namespace lockstep::workspace {

struct TraceRequest {
    /// Where records are looked for; `required`: a remote that does not answer is an error.
    enum class Records : std::uint8_t { nowhere, repository, remote, required };

    std::string text;  // what the user names
    Records records = Records::remote;
    bool offline = false;  // what nobody here knows is not asked for
    FindAnswerer find;     // who answers for a reference
};

/// Everything about an image, a release or a commit that the repository, its records and the
/// registries say; what did not answer is in it with the reason. `usage` and `not_found` where the
/// text names nothing that is known.
Result<trace::Seen> gather_trace(Workspace& workspace, const TraceRequest& request);

/// What a text names; see gather_trace.
Result<trace::Subject> traced_subject(Workspace& workspace, const std::string& text);

}  // namespace lockstep::workspace
