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
    Rule{"digest-mismatch", "a pinned digest is not what its tag resolves to", Severity::error,
         "Who reads the manifest sees a version, and who applies it runs another image: either the "
         "digest was left behind when the tag was changed, or the published tag was moved.",
         "Resolve the tag and look at what changed: lockstep says whether platforms were rebuilt, "
         "added or removed. Pin the digest of the index that was tested; a digest of one of its "
         "platforms is right too."},
    Rule{"floating-tag",
         "one of the project's own images is declared with no tag, `latest`, a branch or another "
         "tag that is no version",
         Severity::warning,
         "What these manifests run changes under the user's feet; nobody can say later which "
         "version was deployed.",
         "Pin the release's version. Where a floating tag is intended, because the versioned file "
         "is a release asset, say so "
         "under `paths:` in lockstep.yaml with `expect: floating` and the reason."},
    Rule{
        "image-missing",
        "a declared image does not exist in its registry, or not for a platform that the release "
        "before had",
        Severity::error,
        "Pods of this release stay in ImagePullBackOff: on every node, or on those of the platform "
        "that was dropped.",
        "Publish the image under the tag that the manifests name, for all platforms. A published "
        "manifest stays as it is: release the next patch version. Before a version is tagged, a "
        "missing image is only noted."},
    Rule{
        "image-moved",
        "the registry holds another image under a reference than the one that was released",
        Severity::error,
        "The same manifests run another program than the one that was released and tested, on "
        "every node that pulls from now on.",
        "Find out who pushed over a published tag, and switch on tag immutability in the registry. "
        "What was released still has its digest: pin it where it must run, and release the next "
        "patch version."},
    Rule{"image-revision", "an image says that it was built from another commit than the release",
         Severity::error,
         "The tag, its sources and what runs are three different things: a fix that is in the tag "
         "may be missing in the image, and nobody can say what was built.",
         "Build the image from the commit that is tagged and let the build write "
         "org.opencontainers.image.revision. Where manifests pin the image by digest, the commit "
         "before is right too, if the tagged one changes nothing but what is declared. Labels that "
         "come from a base image are recognised by its own labels, or by another "
         "org.opencontainers.image.source beside them, and prove nothing."},
    Rule{"image-version", "an image says that it is another version than its tag", Severity::error,
         "The image may be an older one under a new tag; inventories and scanners that read labels "
         "report the wrong version.",
         "Let the build write org.opencontainers.image.version from the version that is released, "
         "and never retag an older image as a new release."},
    Rule{"manifest-changed",
         "a kustomization of a published tag renders to something else than when it was released",
         Severity::error,
         "Who applies the manifests of this tag gets other objects than those that were released "
         "and tested.",
         "The tree of a tag does not change, so what it names outside of it did: a remote base "
         "without a fixed revision, a file behind a URL. Pin those, and release the next patch "
         "version. Another version of lockstep may render otherwise, too: the record names the one "
         "that made it."},
    Rule{"not-rendered", "a manifest could not be rendered, so it could not be checked",
         Severity::warning,
         "Nothing is known about the versions in it: it may be right or wrong. The release counts "
         "as unchecked.",
         "Mend what the message points at, or make what it needs available; `lockstep render` "
         "shows the same error. A directory "
         "that is no release artefact is left out with `expect: ignored` under `paths:` in "
         "lockstep.yaml."},
    Rule{"registry-retired",
         "one of the project's own images is declared in a registry that was frozen or retired",
         Severity::warning,
         "Nothing new arrives there, or nothing is served any more: users miss the fixes that are "
         "published elsewhere, or cannot pull at all.",
         "Name the image in the registry where it is published now. Registries that are known to "
         "be retired: *.bintray.io, docker.pkg.github.com, gcr.io with its regions (only noted, "
         "since names there may have moved) and k8s.gcr.io; further ones are named under "
         "`images:` and `registries:` in lockstep.yaml with `retired`."},
    Rule{"tag-moved", "a published tag is no longer what was recorded when it was released",
         Severity::error,
         "Two users of one version have different sources, and neither can tell; what was reviewed "
         "and signed is not what the tag names.",
         "Find out who moved it, see with `git ls-remote --tags` whether others see the same, and "
         "protect the tags of releases at the host. The record names the object that was released: "
         "bring it back, or release the next patch version."},
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
