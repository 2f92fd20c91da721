#pragma once

#include <string_view>

#include "base/result.h"
#include "cli/options.h"
#include "cli/output.h"

/// One function for each command: the exit status, or why there is none.
namespace lockstep::cli {

Result<int> run_verify(const Options& options, Output& out);
Result<int> run_audit(const Options& options, Output& out);
Result<int> run_changes(const Options& options, Output& out);
Result<int> run_render(const Options& options, Output& out);
Result<int> run_image_inspect(const Options& options, Output& out);
Result<int> run_image_digest(const Options& options, Output& out);
Result<int> run_image_list(const Options& options, Output& out);
Result<int> run_image_copy(const Options& options, Output& out);
Result<int> run_release_plan(const Options& options, Output& out);
Result<int> run_release_start(const Options& options, Output& out);
Result<int> run_release_resume(const Options& options, Output& out);
Result<int> run_release_status(const Options& options, Output& out);
Result<int> run_release_abort(const Options& options, Output& out);
Result<int> run_release_list(const Options& options, Output& out);
Result<int> run_doctor(const Options& options, Output& out);
Result<int> run_sync(const Options& options, Output& out);
Result<int> run_record(const Options& options, Output& out);
Result<int> run_trace(const Options& options, Output& out);
Result<int> run_consumers(const Options& options, Output& out);
Result<int> run_deployed(const Options& options, Output& out);
Result<int> run_init(const Options& options, Output& out);
Result<int> run_rules(const Options& options, Output& out);
Result<int> run_version(const Options& options, Output& out);
Result<int> run_completion(const Options& options, Output& out);
Result<int> run_help(const Options& options, Output& out, std::string_view program);

}  // namespace lockstep::cli
