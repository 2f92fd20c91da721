#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evidence/evidence.h"
#include "verify/expectation.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// Holds a release against the record that was made when it was published; nothing where it has
/// none. What is recorded and could not be looked at is in the result, never taken for the same.
/// `verdict`: of the rest of the release, which says what could not be read there already.
std::optional<JudgedRecord> judge_record(const evidence::Release& release,
                                         const ReleaseVerdict& verdict,
                                         const Background& background);

/// A recorded reference as evidence knows it: with registry and path in full. Nothing for what is
/// no reference.
std::optional<std::string> recorded_reference(std::string_view reference);

/// What is no longer as recorded, in one sentence; `release`: as people call it.
std::string message_of(const JudgedRecord& record, const RecordFault& fault,
                       const std::string& release);
std::string hint_of(const JudgedRecord& record, const RecordFault& fault);
/// What it is about: "tag v1.2.0", "image registry.example.com/kite/kite:v1.2.0", the ref of the
/// record.
std::string object_of(const RecordFault& fault);

}  // namespace lockstep::verify
