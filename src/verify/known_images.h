#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "project/project.h"
#include "verify/expectation.h"
#include "version/version.h"

namespace lockstep::verify {

/// One of the project's own images as a release of it publishes it.
struct ReleaseImage {
    const evidence::Release* release = nullptr;
    std::string reference;  // "registry.example.com/kite/kite:v1.2.0"
    std::string name;       // without the tag
};
/// Those of all releases of a history, the newest releases first. From what each release declares,
/// with its own version, and from its record.
std::vector<ReleaseImage> images_of_releases(const evidence::History& history,
                                             const project::Project& project);

/// Who says which digests an image of a release has.
enum class KnownBy : std::uint8_t { record, registry, pin };
const char* to_string(KnownBy by);

/// What a digest is known as.
struct KnownImage {
    const evidence::Release* release = nullptr;
    std::string reference;
    std::string platform;  // "linux/arm64/v8"; empty: the index, or the only manifest
    KnownBy by = KnownBy::registry;
};

/// Which digests are which releases of one project. Borrows history and project.
class KnownImages {
  public:
    KnownImages(const evidence::History& history, const project::Project& project);

    const Background& background() const { return background_; }
    const std::vector<ReleaseImage>& images() const { return images_; }
    /// Whether an image of this name is the project's own.
    bool is_own(std::string_view name) const { return background_.own.contains(name); }

    /// What a digest of the image `name` is known as, the newest release first; empty: as nothing.
    std::vector<const KnownImage*> find(std::string_view name, std::string_view digest) const;

    /// What is known of the image `name` of a release.
    struct Knowledge {
        bool is_release = false;   // the release has such an image
        bool is_complete = false;  // all digests of its index and manifests are known
        /// And those of the configs too, by which some runtimes name images.
        bool has_configs = false;
        std::string reason;  // why it is not complete
    };
    Knowledge about(std::string_view name, const evidence::Release& release) const;

    /// The release that an image tag names; null where it names none.
    const evidence::Release* release_of(std::string_view name, std::string_view tag) const;
    /// The newest final release that has the image `name`; of none the newest pre-release.
    const evidence::Release* newest(std::string_view name) const;
    const evidence::Release* release_called(std::string_view tag) const;

  private:
    struct Entry {
        std::string family;
        Knowledge knowledge;
    };
    void take_record(const ReleaseImage& image, const record::Artifact& artifact);
    void take_seen(const ReleaseImage& image);
    void take_pins();
    Entry& entry_of(const ReleaseImage& image);
    std::string key_of(std::string_view name) const;

    const evidence::History& history_;
    Background background_;
    std::vector<ReleaseImage> images_;
    std::multimap<std::string, KnownImage, std::less<>> by_digest_;
    std::map<const evidence::Release*, std::vector<Entry>> entries_;
};

}  // namespace lockstep::verify
