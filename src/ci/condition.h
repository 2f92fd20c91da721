#pragma once

#include <string>
#include <string_view>

#include "ci/answer.h"

namespace lockstep::ci {

/// What is known while a pipeline runs for one ref.
struct Situation {
    enum class Event : std::uint8_t { tag, release, branch };
    Event event = Event::tag;
    std::string ref;  // "v1.2.0", "main"

    bool is_branch() const { return event == Event::branch; }
};

/// A condition of GitHub (`if:`, or an input's `${{ … }}`): the comparisons of github.ref,
/// github.ref_name, github.ref_type, github.event_name and startsWith that decide about tags and
/// branches, joined by `&&`, `||`, `!`. What is beyond is `unclear`; an empty one holds.
Answer holds_on_github(std::string_view condition, const Situation& situation);

/// A condition of GitLab's `rules:`: CI_COMMIT_TAG, CI_COMMIT_BRANCH, CI_COMMIT_REF_NAME,
/// CI_PIPELINE_SOURCE, compared with texts or with null. What is beyond (patterns too) is
/// `unclear`.
Answer holds_on_gitlab(std::string_view condition, const Situation& situation);

}  // namespace lockstep::ci
