#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "oci/digest.h"
#include "os/descriptor.h"
#include "os/file.h"

namespace lockstep::images {

/// A file that nobody sees until it is complete: it has a name of its own in the folder where it
/// will stand, and goes with this unless it was put there.
class NewFile {
  public:
    static Result<NewFile> make(os::Descriptor folder);
    NewFile(NewFile&&) noexcept = default;
    NewFile& operator=(NewFile&&) noexcept = default;
    ~NewFile();

    Result<void> write(std::string_view bytes);
    /// Synced, at `name` in its folder, in place of what is there; then its folder is synced.
    Result<void> replace(const std::string& name);
    /// The same where nothing stands there yet; success where something does.
    Result<void> add(const std::string& name);

  private:
    NewFile(os::Descriptor folder, os::Descriptor file, std::string name)
        : folder_(std::move(folder)), file_(std::move(file)), name_(std::move(name)) {}
    Result<void> sync() const;

    os::Descriptor folder_, file_;
    std::string name_;
};

/// The files of an image layout, below an open folder and through no symlink: what stands in it
/// leads nowhere else. File names are those of the specification and checked digests only.
/// Thread-safe.
class LayoutFolder {
  public:
    /// `not_found` where `directory` is none.
    static Result<LayoutFolder> open(const std::string& directory);
    /// Makes an empty layout in a folder that is missing or empty; `conflict` in any other. Success
    /// where a layout is already.
    static Result<void> make(const std::string& directory);

    /// "oci-layout" or "index.json", whole.
    Result<std::string> read(const std::string& name, std::size_t bytes_max) const;
    Result<void> replace(const std::string& name, std::string_view bytes) const;

    struct Blob {
        os::Descriptor file;
        std::uint64_t size = 0;
    };
    /// Nothing where it is certainly absent. `invalid` where it is no file, `denied` where it or a
    /// folder above it is a link.
    Result<std::optional<Blob>> open_blob(const oci::Digest& digest) const;
    /// A file where that blob will stand.
    Result<NewFile> new_blob(const oci::Digest& digest) const;

    /// Held while index.json is read and replaced. No file is left behind: it is a lock on
    /// "oci-layout".
    Result<os::FileLock> lock() const;
    /// Removes what writers that were killed left: nothing was written to it for an hour.
    void sweep() const;

    const std::string& directory() const { return directory_; }

  private:
    LayoutFolder(std::string directory, os::Descriptor root)
        : directory_(std::move(directory)), root_(std::move(root)) {}

    std::string directory_;
    os::Descriptor root_;
};

}  // namespace lockstep::images
