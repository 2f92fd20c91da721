#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "images/store.h"
#include "oci/digest.h"

namespace lockstep::images {

/// What registries answered, on disk: manifests and configs by digest, for ever, and which manifest
/// a name was, for as long as the caller thinks it is.
///
/// A cache makes nothing fail: what cannot be read, is damaged or is too large is as good as
/// absent, and what cannot be kept is not. Files appear whole; several processes may use one
/// folder. Thread-safe.
class AnswerCache {
  public:
    /// Makes the folder, for its owner only. `denied` where another user owns it or may write into
    /// it: answers could be put there that no registry gave.
    static Result<AnswerCache> open(const std::string& directory);

    /// Bytes of that digest, checked. A file with others is removed.
    std::optional<std::string> find(const oci::Digest& digest) const;
    /// Bytes that were checked; nothing above `oci::manifest_bytes_max`.
    void keep(const oci::Digest& digest, std::string_view bytes) const;

    /// Who was asked for what.
    struct Question {
        std::string store;     // its title
        std::string identity;  // who asked; empty: nobody in particular
        ManifestName name;
    };
    struct Answer {
        std::optional<oci::Descriptor> descriptor;  // nothing: it was not there
        std::chrono::system_clock::time_point at;   // to the second
    };
    std::optional<Answer> find(const Question& question) const;
    void keep(const Question& question, const Answer& answer) const;
    /// For names that were written.
    void forget(const Question& question) const;

  private:
    explicit AnswerCache(std::string directory) : directory_(std::move(directory)) {}
    std::string path_of(const oci::Digest& digest) const;
    std::string path_of(const Question& question) const;

    std::string directory_;
};

}  // namespace lockstep::images
