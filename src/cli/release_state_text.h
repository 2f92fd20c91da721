#pragma once

#include <span>
#include <string>

#include "release/journal.h"
#include "release/steps.h"

/// States of releases, in words and in JSON.
namespace lockstep::cli {

/// "v1.2.0 is published: commit …", with each image and its digest.
std::string released_text(const release::State& state);
/// How far a release is, what waits in staging and what comes next.
std::string state_text(const release::State& state);
std::string aborted_text(const std::string& tag, const release::Aborted& aborted);
std::string list_text(std::span<const release::Entry> entries);

/// The state as one line, and the states of several as one text.
std::string state_line(const release::State& state);
std::string list_json(std::span<const release::Entry> entries);

}  // namespace lockstep::cli
