#include "verify/verdict.h"

#include <algorithm>

namespace lockstep::verify {

const char* to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::consistent:
            return "consistent";
        case Verdict::absent:
            return "absent";
        case Verdict::independent:
            return "independent";
        case Verdict::floating:
            return "floating";
        case Verdict::unchecked:
            return "unchecked";
        case Verdict::drifted:
            return "drifted";
    }
    return "unchecked";
}

const char* to_string(Fault fault) {
    switch (fault) {
        case Fault::none:
            return "none";
        case Fault::previous_version:
            return "previous-version";
        case Fault::older:
            return "older";
        case Fault::newer:
            return "newer";
        case Fault::pre_release:
            return "pre-release";
        case Fault::floating:
            return "floating";
        case Fault::missing_prefix:
            return "missing-prefix";
        case Fault::doubled_prefix:
            return "doubled-prefix";
        case Fault::unexpected_prefix:
            return "unexpected-prefix";
        case Fault::other_registry:
            return "other-registry";
        case Fault::placeholder:
            return "placeholder";
        case Fault::intended:
            return "intended";
        case Fault::independent:
            return "independent";
        case Fault::digest_only:
            return "digest-only";
        case Fault::same_digest:
            return "same-digest";
        case Fault::not_rendered:
            return "not-rendered";
        case Fault::image_missing:
            return "image-missing";
        case Fault::platform_missing:
            return "platform-missing";
        case Fault::other_digest:
            return "other-digest";
        case Fault::other_revision:
            return "other-revision";
        case Fault::other_version:
            return "other-version";
        case Fault::no_label:
            return "no-label";
        case Fault::retired_registry:
            return "retired-registry";
        case Fault::moved_tag:
            return "moved-tag";
        case Fault::moved_image:
            return "moved-image";
        case Fault::changed_manifest:
            return "changed-manifest";
        case Fault::gone:
            return "gone";
    }
    return "none";
}

const char* to_string(ImageState state) {
    switch (state) {
        case ImageState::proved:
            return "proved";
        case ImageState::not_proved:
            return "not-proved";
        case ImageState::unchecked:
            return "unchecked";
        case ImageState::missing:
            return "missing";
        case ImageState::wrong:
            return "wrong";
    }
    return "unchecked";
}

const char* to_string(RecordState state) {
    switch (state) {
        case RecordState::same:
            return "same";
        case RecordState::unchecked:
            return "unchecked";
        case RecordState::differs:
            return "differs";
    }
    return "unchecked";
}

const char* to_string(Severity severity) {
    switch (severity) {
        case Severity::note:
            return "note";
        case Severity::warning:
            return "warning";
        case Severity::error:
            return "error";
    }
    return "error";
}

int exit_status(const Audit& audit) {
    bool found = false;
    bool unchecked = false;
    bool judged = false;
    for (const ReleaseVerdict& release : audit.releases) {
        unchecked |= release.verdict == Verdict::unchecked;
        judged |= release.verdict != Verdict::absent;
        // What could not be read is counted by the verdict: it is no contradiction.
        found |= std::ranges::any_of(release.declarations, [](const Judged& each) {
            return each.rule != nullptr && each.severity != Severity::note;
        });
        for (const JudgedImage& image : release.images)
            found |= std::ranges::any_of(image.faults, [](const ImageFault& fault) {
                return fault.severity != Severity::note;
            });
        if (release.record)
            found |= std::ranges::any_of(release.record->faults, [](const RecordFault& fault) {
                return fault.fault != Fault::not_rendered && fault.severity != Severity::note;
            });
    }
    if (found) return 1;
    // Where nothing was judged at all, nothing was found consistent either.
    return unchecked || !judged ? 3 : 0;
}

}  // namespace lockstep::verify
