#pragma once

#include <string>

#include "cli/options.h"
#include "release/doctor.h"

namespace lockstep::cli {

/// A line for each check with its mark, and the fix below what is not in order.
std::string doctor_text(const release::Examined& examined, const Options& options);
/// `schemaVersion`, `remote`, `branch`, `version`, and `checks` of `id`, `outcome`, `what`, `fix`.
std::string doctor_json(const release::Examined& examined);
/// 1 where there is a problem, else 3 where something could not be seen, else 0.
int doctor_status(const release::Examined& examined);

}  // namespace lockstep::cli
