#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lockstep::manifest {

/// What a URL into somebody's repository says: which repository, at which revision.
struct RemoteUrl {
    enum class Form {
        base,      // a kustomization at `?ref=` ("https://github.com/owner/repo//dir?ref=v1")
        download,  // a release asset (…/releases/download/v1/install.yaml)
        raw,       // a file's bytes (raw.githubusercontent.com/owner/repo/v1/…, …/raw/v1/…)
        page,   // a page for people, or an archive (…/tree/v1, …/blob/v1/…, …/archive/…)
        other,  // none of these
    };

    Form form = Form::other;
    std::string repository;     // "github.com/owner/repo", without user, port of ssh and ".git"
    std::string_view revision;  // a part of the URL; empty: none is written

    bool operator==(const RemoteUrl&) const = default;
};

/// Reads what kustomize takes as a remote base and what install instructions name: with or without
/// a scheme, "git@host:owner/repo", "git::https://…". Nothing where no host and path can be told.
std::optional<RemoteUrl> parse_remote_url(std::string_view url);

}  // namespace lockstep::manifest
