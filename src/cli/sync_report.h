#pragma once

#include <string>

#include "cli/options.h"
#include "cli/output.h"
#include "edit/edit.h"

namespace lockstep::cli {

/// What `lockstep sync` did, or would do.
struct Synced {
    std::string tag, version;
    edit::Edits edits;
    bool is_dry = false;
    std::string verdict;  // of the tree as it is then; empty where it is dry
    std::string commit;   // empty: none
};

void write_synced(const Synced& synced, const Options& options, Output& out);

}  // namespace lockstep::cli
