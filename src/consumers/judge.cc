#include "consumers/judge.h"

#include <algorithm>

#include "base/file_tree.h"
#include "verify/named_images.h"
#include "verify/series.h"
#include "version/style.h"

namespace lockstep::consumers {

namespace {

using State = SeenRelease::State;

bool moves(Form form) {
    return form == Form::range || form == Form::branch || form == Form::none ||
           form == Form::templated;
}

std::string why_it_moves(const Pin& pin) {
    switch (pin.form) {
        case Form::range:
            return "`" + pin.revision + "` is a range of versions: what it means moves";
        case Form::branch:
            return "`" + pin.revision + "` is a branch";
        case Form::templated:
            return "`" + pin.revision + "` is filled in elsewhere";
        default:
            return pin.revision.empty() ? "no revision is named" : "`" + pin.revision + "` moves";
    }
}

void judge_release(const SeenRelease& release, JudgedPin& judged) {
    const std::string name = release.tag.empty() ? judged.pin->revision : release.tag;
    judged.reason = release.reason;
    switch (release.state) {
        case State::unknown:
            judged.verdict = Verdict::unchecked;
            return;
        case State::withdrawn:
            judged.verdict = Verdict::withdrawn;
            return;
        case State::floating:
            judged.verdict = Verdict::floating;
            return;
        case State::found:
            break;
    }
    switch (release.verdict) {
        case verify::Verdict::drifted:
            judged.verdict = Verdict::drifted;
            judged.reason = name + " declares another version than its own: " + release.finding;
            return;
        case verify::Verdict::unchecked:
            judged.verdict = Verdict::unchecked;
            judged.reason = name + " could not be checked whole: " + release.finding;
            return;
        case verify::Verdict::floating:
            judged.verdict = Verdict::drifted;
            judged.reason = name + " names an image that moves: " + release.finding;
            return;
        case verify::Verdict::absent:
        case verify::Verdict::independent:
            judged.verdict = Verdict::unchecked;
            judged.reason = "nothing in " + name + " declares a version to hold against it";
            return;
        case verify::Verdict::consistent:
            judged.verdict = Verdict::fine;
            judged.reason = name + " is consistent";
            return;
    }
}

/// Whether an override is of the project that is pinned: one of its own images, where those are
/// known; else called like the repository or the chart. One without a name is the chart's own.
bool is_of_project(const Override& over, const Pin& pin, const SeenRelease* release) {
    if (over.image.empty()) return true;
    if (release != nullptr && !release->own_images.empty())
        return std::ranges::any_of(release->own_images, [&](const std::string& own) {
            return verify::family(own) == verify::family(over.image) ||
                   (!over.image.contains('/') && verify::means_image(over.image, own));
        });
    const std::string_view project =
        pin.chart.empty() ? file_name(pin.repository) : std::string_view(pin.chart);
    return !project.empty() && verify::means_image(project, over.image);
}

/// What the images of a pin are expected to be. The version of a chart is not that of its images.
std::string image_version(const Pin& pin, const SeenRelease* release) {
    if (!pin.chart.empty()) return release == nullptr ? std::string() : release->image_version;
    return release != nullptr && !release->tag.empty() ? release->tag : pin.revision;
}

JudgedOverride judge_override(const Override& over, const Pin& pin, const SeenRelease* release) {
    JudgedOverride judged{.override_ = &over};
    const std::string image = over.image.empty() ? "the image" : "`" + over.image + "`";
    const auto pinned = version::read_written(image_version(pin, release));
    const auto set = version::read_written(over.tag);
    if (!pinned) {
        judged.verdict = Verdict::unchecked;
        judged.reason = image + " is set to `" + (over.tag.empty() ? over.digest : over.tag) +
                        "`, and no version of it is known to hold that against";
    } else if (over.tag.empty()) {
        judged.verdict = Verdict::unchecked;
        judged.reason = image + " is set to a digest alone, which names no version";
    } else if (set && set->version == pinned->version) {
        judged.reason = image + " is set to the version that is pinned";
    } else {
        judged.verdict = Verdict::overridden;
        judged.reason =
            image + " is set to `" + over.tag + "`, while `" + pin.revision + "` is pinned";
    }
    return judged;
}

}  // namespace

const char* to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::fine:
            return "fine";
        case Verdict::drifted:
            return "drifted";
        case Verdict::withdrawn:
            return "withdrawn";
        case Verdict::overridden:
            return "overridden";
        case Verdict::floating:
            return "floating";
        case Verdict::unchecked:
            return "unchecked";
    }
    return "";
}

std::string key_of(const Pin& pin) {
    std::string key = pin.source == Source::kustomize ? pin.url : pin.repository;
    if (key.empty()) key = pin.url;
    return key + '\n' + pin.chart + '\n' + pin.revision;
}

Scan judge(const Found& found, const SeenReleases& releases) {
    Scan scan{.found = &found, .pins = {}};
    for (const Pin& pin : found.pins) {
        JudgedPin judged{.pin = &pin};
        if (const auto known = releases.find(key_of(pin)); known != releases.end())
            judged.release = &known->second;
        if (moves(pin.form)) {
            judged.verdict = Verdict::floating;
            judged.reason = why_it_moves(pin);
        } else if (judged.release != nullptr) {
            judge_release(*judged.release, judged);
        } else {
            judged.reason = "nothing is known of it";
        }
        for (const Override& over : pin.overrides) {
            const bool is_name_alone = over.tag.empty() && over.digest.empty();
            // Beside what moves there is no version to differ from.
            if (is_name_alone || judged.verdict == Verdict::floating ||
                !is_of_project(over, pin, judged.release))
                continue;
            judged.overrides.push_back(judge_override(over, pin, judged.release));
        }
        scan.pins.push_back(std::move(judged));
    }
    return scan;
}

int exit_status(const Scan& scan) {
    bool is_bad = false, is_unchecked = !scan.found->gaps.empty();
    const auto count = [&](Verdict verdict) {
        is_bad = is_bad || verdict == Verdict::drifted || verdict == Verdict::withdrawn ||
                 verdict == Verdict::overridden;
        is_unchecked = is_unchecked || verdict == Verdict::unchecked;
    };
    for (const JudgedPin& pin : scan.pins) {
        count(pin.verdict);
        for (const JudgedOverride& over : pin.overrides) count(over.verdict);
    }
    return is_bad ? 1 : is_unchecked ? 3 : 0;
}

}  // namespace lockstep::consumers
