#include "verify/rules.h"

#include <algorithm>
#include <array>

namespace lockstep::verify {

namespace {

constexpr std::array table{
    Rule{"chart-version",
         "a chart's version, appVersion or image tag names another version than the release",
         Severity::error,
         "`helm install` of this release's chart runs another version of the program than the "
         "release it is part of, and "
         "`helm list` tells the wrong APP VERSION.",
         "Set `version`, `appVersion` and the image tag in values.yaml in the commit that is "
         "tagged. If the chart has tags of "
         "its own, say so under `charts:` in lockstep.yaml; it is then judged at those."},
    Rule{"declared-version",
         "a manifest declares one of the project's own images in another version than the release",
         Severity::error,
         "Who applies the manifests of this tag runs another version than the tag says, usually "
         "the one before: fixes and "
         "migrations of the release are silently missing.",
         "Change the scalar that the finding points at in the commit that will be tagged, before "
         "it is tagged. A published tag "
         "stays as it is: release the next patch version."},
    Rule{"floating-tag",
         "one of the project's own images is declared with no tag, `latest`, a branch or another "
         "tag that is no version",
         Severity::warning,
         "What these manifests run changes under the user's feet; nobody can say later which "
         "version was deployed.",
         "Pin the release's version. Where a floating tag is intended, because the versioned file "
         "is a release asset, say so "
         "under `paths:` in lockstep.yaml with `expect: floating` and the reason."},
    Rule{"not-rendered", "a manifest could not be rendered, so it could not be checked",
         Severity::warning,
         "Nothing is known about the versions in it: it may be right or wrong. The release counts "
         "as unchecked.",
         "Mend what the message points at, or make what it needs available; `lockstep render` "
         "shows the same error. A directory "
         "that is no release artefact is left out with `expect: ignored` under `paths:` in "
         "lockstep.yaml."},
    Rule{"text-version", "a text tells users to use another version than the release",
         Severity::warning,
         "Users copy commands out of the documentation of the release they read: this one installs "
         "another version.",
         "Write the release's version in the commit that will be tagged, or a form that does not "
         "go stale."},
};

}  // namespace

std::span<const Rule> rules() {
    return table;
}

const Rule* find_rule(std::string_view id) {
    const auto rule = std::ranges::find(table, id, &Rule::id);
    return rule == table.end() ? nullptr : &*rule;
}

}  // namespace lockstep::verify
