#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lockstep::testing {

/// A fresh folder, removed with everything in it at the end of the test.
class TempDir {
  public:
    /// Below the folder for temporary files, or `parent`.
    explicit TempDir(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string operator/(std::string_view name) const { return (path_ / name).string(); }

    /// Writes a file, with the folders it needs.
    void write(std::string_view name, std::string_view text) const;

  private:
    std::filesystem::path path_;
};

}  // namespace lockstep::testing
