#pragma once

#include <string>

#include "base/result.h"
#include "record/record.h"

namespace lockstep::cli {

struct PushedRecord {
    std::string remote;  // for messages
};

/// Keeps a record at the remote of the repository in `directory`: a commit with the file, whose
/// parent is the recorded one, so that it outlives its tag. Create-only: `conflict` where the
/// remote has something under the ref, or another tag than the recorded one; `not_found` where it
/// has no such tag. The repository itself is not touched.
Result<PushedRecord> push_record(const record::Record& record, const std::string& directory);

}  // namespace lockstep::cli
