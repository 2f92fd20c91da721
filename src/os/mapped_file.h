#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace lockstep::os {

/// A file's bytes as the system maps them, read-only, for as long as this object lives; also after
/// the file is removed. For files that nobody writes in place, such as Git's packs: what another
/// program writes into one would show here, and one that is cut short would end this program.
class MappedFile {
  public:
    /// `not_found`, `denied`; `invalid` where it is no regular file.
    static Result<MappedFile> open(const std::string& path);

    MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    MappedFile& operator=(MappedFile&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~MappedFile();

    std::string_view bytes() const { return bytes_; }

  private:
    explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}
    std::string_view bytes_;  // ours to unmap where not empty
};

}  // namespace lockstep::os
