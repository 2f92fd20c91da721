#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"
#include "kustomize/resource.h"
#include "yaml/arena.h"

namespace lockstep::kustomize {

class Build;

/// The `vars` of a kustomization and of all below it: names for fields of objects, which stand for
/// `$(NAME)` in texts. No two have one name.
class Variables {
  public:
    /// Binds `entries` to the objects they name, by any id those have had. One that names none is
    /// bound to nothing, which `substitute` refuses; `invalid` where it names several objects, or
    /// the name is taken.
    Result<void> add(const std::vector<VariableEntry>& entries, const Resources& objects);
    Result<void> add_all(const Variables& others);

    bool empty() const { return bound_.empty(); }

    /// Writes the values into the texts at `fields`: once, at the end of a build. `$$(NAME)` is an
    /// escape, unknown names stay. A text that is a reference and nothing else takes over the
    /// value's type, and its mark. Returns the names that were never asked for, sorted.
    ///
    /// Errors: `invalid` where a variable has no value, or a list has something else than texts,
    /// and over a limit of the build.
    Result<std::vector<std::string>> substitute(Build& build, std::span<const FieldSpec> fields,
                                                Resources& objects) const;

  private:
    struct Bound {
        VariableEntry entry;
        const Resource* source = nullptr;
    };

    std::map<std::string_view, Bound> bound_;
};

}  // namespace lockstep::kustomize
