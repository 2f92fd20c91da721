#pragma once

#include <string_view>

#include "base/file_tree.h"
#include "manifest/declaration.h"
#include "manifest/read_options.h"

namespace lockstep::manifest {

/// What the chart in `directory` says without being rendered:
///   - `version` and `appVersion` of Chart.yaml (a Chart.yaml that is itself a template is a Gap);
///   - every image in values.yaml: mappings of {registry, repository, name or image, tag or
///   version,
///     digest}, and texts "repo:tag" under a key called after images. An empty tag is `by_default`
///     and declares what the templates put there: appVersion or version, with the `v` they add. By
///     convention appVersion where there are no templates; a Gap where they use neither;
///   - images in `image:` lines of the templates: written out, or simple enough to be filled in
///     from the values (`{{ .Values.image.tag | default .Chart.AppVersion }}`), which then decides
///     over convention. Of another line whose name is written out, the tag is a Gap.
/// What dependencies declare is theirs.
///
/// With `options.helm` that program renders it instead: the images are then those of its output,
/// each at the value or template line that names the same image, else at its template's beginning.
/// A chart that helm refuses is a Gap, and read as above.
Facts read_chart(const FileTree& tree, std::string_view directory, const ReadOptions& options = {});

}  // namespace lockstep::manifest
