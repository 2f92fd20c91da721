#include "release/watched_store.h"

#include <utility>

namespace lockstep::release {

Effect WatchedStore::effect(std::string_view repository, std::string_view what) const {
    return {.kind = Effect::Kind::write,
            .what = prefix_ + std::string(repository) + (what.contains(':') ? '@' : ':') +
                    std::string(what)};
}

Result<void> WatchedStore::write_blob(std::string_view repository, const oci::Descriptor& blob,
                                      http::Source& source) {
    const Effect written = effect(repository, blob.digest.str());
    observer_.before(written);
    Result<void> result = store_.write_blob(repository, blob, source);
    observer_.after(written);
    return result;
}

Result<bool> WatchedStore::mount_blob(std::string_view repository, const oci::Descriptor& blob,
                                      std::string_view from_repository) {
    const Effect written = effect(repository, blob.digest.str());
    observer_.before(written);
    Result<bool> result = store_.mount_blob(repository, blob, from_repository);
    observer_.after(written);
    return result;
}

Result<void> WatchedStore::write_manifest(const images::ManifestName& name,
                                          const images::RawManifest& manifest, IfExists if_exists) {
    const Effect written = effect(name.repository, name.tag_or_digest);
    observer_.before(written);
    Result<void> result = store_.write_manifest(name, manifest, if_exists);
    observer_.after(written);
    return result;
}

Result<void> WatchedStore::remove_manifest(const images::ManifestName& name) {
    const Effect removed = effect(name.repository, name.tag_or_digest);
    observer_.before(removed);
    Result<void> result = store_.remove_manifest(name);
    observer_.after(removed);
    return result;
}

}  // namespace lockstep::release
