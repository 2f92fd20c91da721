#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"
#include "kustomize/resource.h"

/// `buildMetadata`: notes on objects, in annotations, of where they come from and what worked on
/// them. kustomize writes them while it builds, as soon as the kustomization it starts in has the
/// field, so that patches and selectors see them; at the end it removes those not asked for.
namespace lockstep::kustomize {

struct BuildMetadata {
    bool tracked = false;  // whether anything was asked for, even in vain
    bool origins = false;
    bool transformations = false;
    bool managed_by = false;
};
BuildMetadata build_metadata(const Kustomization& file);

/// The name of the kustomization's file in its directory.
std::string_view name_of(const Kustomization& file);

/// The notes that the parts of one kustomization write. All of them do nothing where the build does
/// not track origins.
///
/// Errors: `unsupported` where a path or a name has several lines, or words and more than 80
/// characters.
class Notes {
  public:
    Notes(Build& build, const Loader& loader, const Kustomization& file);

    /// From now on the generator of this kind makes objects.
    Result<void> generates(std::string_view kind) const;
    /// The transformer of this kind has worked on all objects.
    Result<void> transformed(std::string_view kind, Resources& objects) const;

  private:
    Build& build_;
    Origin file_;
};

/// The same for a generator or transformer that an object configures.
Result<void> generates(Build& build, const Resource& config);
Result<std::string> note_of(const Build& build, const Resource& config);
Result<void> transformed(Build& build, const std::string& note, Resources& objects);

/// Notes on objects that they stand in the file at `path`, as it is written in the kustomization.
Result<void> note_origin(Build& build, const Loader& loader, std::string_view path,
                         const std::vector<Resource*>& objects);

/// Notes on a fresh object which generator made it.
Result<void> note_generator(Build& build, yaml::Node& object);
/// An object that takes the place of an old one keeps its origin.
Result<void> keep_origin(yaml::Arena& arena, const yaml::Node& old, yaml::Node& fresh);

}  // namespace lockstep::kustomize
