#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace lockstep::oci {

/// The name of an image: `[registry/]repository[:tag][@digest]`, by the grammar of
/// github.com/distribution/reference. Parts keep what was written; `registry()` and `path()` apply
/// Docker's defaults (docker.io, library/).
class Reference {
  public:
    /// `invalid` with the reason: empty, upper case in the repository, a repository over 255
    /// characters, a tag over 128 characters or of characters outside [A-Za-z0-9_.-], a digest that
    /// is not sha256, sha384 or sha512 with as many lower-case hexadecimal digits as that has, 64
    /// hexadecimal digits alone (an image id), over 4,096 characters.
    static Result<Reference> parse(std::string_view text);

    /// Everything before tag and digest, as written: "registry.k8s.io/descheduler/descheduler".
    const std::string& name() const { return name_; }
    const std::string& tag() const { return tag_; }        // empty: none
    const std::string& digest() const { return digest_; }  // "sha256:…"; empty: none

    std::string registry() const;  // "docker.io" where none is written
    std::string path() const;      // "library/nginx", "descheduler/descheduler"
    /// The last part of the path: what the image is called.
    std::string_view base_name() const;

    std::string str() const;

    bool operator==(const Reference&) const = default;

  private:
    std::string name_, tag_, digest_;
};

/// The parts of a text that stands where an image belongs, with no judgement of them: for what
/// Kubernetes or kustomize would pass on. Never fails: "app:$(TAG)" gives name "app", tag "$(TAG)".
/// As kustomize does, the tag begins at the first ':' behind the first '/', the digest at the first
/// '@' there. The views borrow from `text`.
struct Parts {
    std::string_view name, tag, digest;
};
Parts split(std::string_view text);

}  // namespace lockstep::oci
