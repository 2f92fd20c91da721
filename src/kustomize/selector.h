#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "kustomize/kustomization.h"
#include "kustomize/resource.h"

namespace lockstep::kustomize {

/// Which objects a patch or a replacement means: RE2 expressions that must match the whole group,
/// version, kind, name and namespace (empty ones match anything), and label selectors of
/// Kubernetes. Name and namespace match the original or the present one; an unset namespace is
/// "default". Compiled once, used on many objects; not thread-safe.
class Selector {
  public:
    /// Errors: `invalid`, at the entry's field, where an expression or a selector cannot be read.
    static Result<Selector> compile(const SelectorEntry& entry);

    Selector(Selector&&) noexcept;
    Selector& operator=(Selector&&) noexcept;
    ~Selector();

    bool matches(const Resource& resource) const;

    /// Group, version, kind, name and namespace (as it stands) of one id.
    bool matches_id(const Id& id) const;
    bool matches_labels(const Resource& resource) const;
    /// The only name it matches; empty where there may be others.
    std::string_view literal_name() const;

  private:
    struct Compiled;
    explicit Selector(std::unique_ptr<const Compiled> compiled);

    std::unique_ptr<const Compiled> compiled_;
};

/// The objects `selector` matches, in order.
Resources::List select(const Selector& selector, Resources& objects);

}  // namespace lockstep::kustomize
