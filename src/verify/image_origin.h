#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "verify/expectation.h"
#include "verify/image_claims.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// The release that a reference names: what its image should say of itself.
struct Origin {
    std::optional<version::Version> version;
    std::string name;                  // "v1.2.3": as people call it
    std::vector<std::string> commits;  // of all tags of that version; empty: not known
    bool is_released = false;          // one of them is a tag
};

/// The release whose version `declaration` names; of what is pinned by digest and names
/// none, `release` itself.
Origin origin_of(const manifest::Declaration& declaration, const evidence::Release& release,
                 const Background& background);

/// Whether an image was built from the commit of its origin, or, where the release names it by
/// digest, from the commit before: the digest is known only once the image is built, so that the
/// commit that is tagged adds the digest to the one that was built, and nothing else. The same
/// holds of a release candidate's commit, whose images the final release takes as they are.
class RevisionJudge {
  public:
    /// `judged`: the release that declares the image; `is_pinned`: by digest.
    RevisionJudge(const Origin& origin, const ReleaseVerdict& judged, bool is_pinned,
                  const Background& background)
        : origin_(origin), judged_(judged), is_pinned_(is_pinned), background_(background) {}

    Said operator()(const Claim& claim) const;

  private:
    const std::vector<evidence::Parent>* parents() const;
    bool is_candidate(std::string_view id) const;
    Said judge_parent(const Claim& claim, const evidence::Parent& parent) const;
    Said contradiction(const Claim& claim) const;
    std::string called(std::string_view commit) const;

    const Origin& origin_;
    const ReleaseVerdict& judged_;
    bool is_pinned_;
    const Background& background_;
};

/// Whether an image says that it is its origin's version. A version out of nowhere ("22.04" of a
/// base image) contradicts only where the project has released it, or the image's base is known.
Said judge_version(const Claim& claim, const Origin& origin, const Timeline& timeline);

}  // namespace lockstep::verify
