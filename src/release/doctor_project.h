#pragma once

#include <vector>

#include "project/project.h"
#include "release/doctor.h"
#include "release/plan.h"

/// Whether lockstep.yaml says what a release needs.
namespace lockstep::release {

std::vector<Check> judge_configuration(const Result<project::Project>& project);

/// `plan` is of the next release.
Check judge_plan(const Result<Plan>& plan);

}  // namespace lockstep::release
