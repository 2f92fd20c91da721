#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "manifest/declaration.h"
#include "project/project.h"
#include "verify/timeline.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// The references that a declaration names, with registry and path in full, as evidence knows them.
struct Named {
    std::string tagged;  // "registry.k8s.io/a/b:v1"; empty: no tag that says a version
    std::string pinned;  // "registry.k8s.io/a/b@sha256:…"; empty: not pinned

    bool operator==(const Named&) const = default;
};

/// Of an image whose registry can say something about its release; nothing for texts, placeholders,
/// for what floats and is not pinned, and for what is no reference.
std::optional<Named> named_by(const Judged& judged);

/// The reference that the release before published: `declaration`'s, with the version of the
/// release before the one that it names. A final release comes behind a final one. Nothing where
/// there is none.
std::optional<std::string> reference_before(const manifest::Declaration& declaration,
                                            const Timeline& timeline);

/// What registries are worth asking for.
struct References {
    std::vector<std::string> texts;  // distinct; of the newest releases first
    std::size_t left_out = 0;        // beyond `references_max`
};
inline constexpr std::size_t references_max = 4'000;

/// Those of the project's own images in all releases that are judged, and those of the releases
/// before them, whose platforms they are held against; and those that were recorded. Pure, as
/// judgement is.
References references_to_ask(const evidence::History& history, const project::Project& project,
                             std::span<const manifest::Surface> surfaces = {});

}  // namespace lockstep::verify
