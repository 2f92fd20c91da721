#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "manifest/declaration.h"
#include "manifest/place.h"

/// Who consumes a project: where a GitOps repository pins somebody's release, and how.
namespace lockstep::consumers {

/// What pins it.
enum class Source : std::uint8_t {
    kustomize,        // a remote base of a kustomization
    flux_git,         // GitRepository (source.toolkit.fluxcd.io)
    flux_oci,         // OCIRepository
    flux_chart,       // HelmRelease (helm.toolkit.fluxcd.io) with its HelmRepository
    argo_git,         // Application, ApplicationSet (argoproj.io): a directory of a repository
    argo_chart,       // the same: a chart
    kustomize_chart,  // `helmCharts` of a kustomization
    helm_dependency,  // `dependencies` of a Chart.yaml
};
const char* to_string(Source source);

/// What a revision is by the way it is written.
enum class Form : std::uint8_t {
    tag,        // said to be a tag, or a chart's version
    named,      // a tag or a branch: the remote knows
    range,      // of versions: what it resolves to moves
    branch,     // moves
    commit,     // a whole id
    digest,     // of an OCI artifact
    none,       // nothing is pinned
    templated,  // a generator or a template fills it in
};

/// An image whose tag is set beside the pin.
struct Override {
    std::string image, tag, digest;  // tag or digest may be empty; both: only the name changes
    manifest::Place place;

    bool operator==(const Override& other) const {
        return image == other.image && tag == other.tag && digest == other.digest &&
               place.at == other.place.at;
    }
};

/// One place that pins something.
struct Pin {
    Source source = Source::kustomize;
    manifest::Place place;   // of the revision; of the URL where none is written
    std::string object;      // "Application argocd/kite"; empty for kustomizations and charts
    std::string url;         // that is fetched, as written, without credentials; may be empty
    std::string repository;  // "github.com/owner/repo"; empty where the URL names none
    std::string chart;       // its name; empty: no chart
    std::string revision;    // as written
    Form form = Form::none;
    std::vector<Override> overrides;
};

/// What a tree pins, in order of path and line.
struct Found {
    std::vector<Pin> pins;
    std::vector<manifest::Gap> gaps;  // what could not be read
};

/// What a revision that is not said to be one or the other is.
Form form_of(std::string_view revision);

}  // namespace lockstep::consumers
