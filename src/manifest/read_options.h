#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "kustomize/render.h"
#include "manifest/fields.h"

namespace lockstep::manifest {

/// How the units of a tree are read.
struct ReadOptions {
    Fields fields = {};
    /// Shared by reads of one thread; null: every file is parsed anew.
    kustomize::Documents* documents = nullptr;
    /// Fetches a kustomization's remote base; unset: it is a Gap.
    std::function<Result<kustomize::Remote>(std::string_view url)> load_remote = {};
    /// Fetches a single file that a kustomization names; unset: it is a Gap.
    std::function<Result<Blob>(std::string_view url)> load_file = {};
    /// The helm program that renders charts; empty: their values and templates are read as they
    /// stand.
    std::string helm = {};
};

}  // namespace lockstep::manifest
