#pragma once

#include <optional>
#include <string>

#include "edit/edit.h"
#include "evidence/evidence.h"
#include "verify/verdict.h"

namespace lockstep::edit {

/// What a declaration that follows the release shall say.
struct Wish {
    const manifest::Declaration* declaration = nullptr;
    std::string text;                   // tag or version, as it is written here
    std::optional<std::string> digest;  // that an image is pinned to; unset: to none
    bool is_said = false;               // the version is right; pins are not looked at
    bool is_floating = false;           // it names no version, or none at all
};

/// Nothing for what does not follow: what has versions of its own, may float, is filled in later,
/// stands in a copy for another version, or in prose that names a branch. `not_found` where
/// `options.digests` has no digest for an image.
Result<std::optional<Wish>> wish_of(const verify::Judged& judged, const evidence::Release& release,
                                    const project::Project& project, const Options& options);

/// "registry.example.com/kite/kite", "appVersion of charts/kite": for people.
std::string name_of(const manifest::Declaration& declaration);

}  // namespace lockstep::edit
