#include "images/cached_store.h"

#include <utility>

namespace lockstep::images {

namespace {

using std::chrono::system_clock;
using Use = CachedStoreOptions::Use;

std::string shown(const ManifestName& name) {
    return name.repository + (name.is_digest() ? '@' : ':') + name.tag_or_digest;
}

/// What is kept, and for the rest the answers of one question to the store.
template <typename T, typename Item, typename Kept, typename Ask>
std::vector<Result<T>> answer_all(std::span<const Item> items, Kept kept, Ask ask) {
    std::vector<std::optional<Result<T>>> found(items.size());
    std::vector<Item> unknown;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < items.size(); ++at) {
        found[at] = kept(items[at]);
        if (found[at].has_value()) continue;
        unknown.push_back(items[at]);
        places.push_back(at);
    }
    if (!unknown.empty()) {
        std::vector<Result<T>> answers = ask(unknown);
        for (std::size_t at = 0; at < places.size(); ++at)
            found[places[at]] = std::move(answers[at]);
    }
    std::vector<Result<T>> results;
    results.reserve(found.size());
    for (std::optional<Result<T>>& result : found) results.push_back(std::move(*result));
    return results;
}

}  // namespace

AnswerCache::Question CachedStore::question(const ManifestName& name) const {
    return {.store = store_.title(), .identity = options_.identity, .name = name};
}

std::unexpected<Error> CachedStore::not_kept(const std::string& what) const {
    return fail(Error::Kind::unavailable,
                what + " of " + store_.title() + " is not in the cache, and this is offline",
                "ask again without --offline");
}

std::optional<Result<oci::Descriptor>> CachedStore::kept_name(const ManifestName& name) const {
    if (options_.use == Use::write) return std::nullopt;
    const std::optional<AnswerCache::Answer> answer = cache_.find(question(name));
    if (answer.has_value()) {
        const auto age = system_clock::now() - answer->at;
        // From the future: the clock was wrong then, or is now.
        const bool is_fresh = age >= std::chrono::seconds(-1) && age <= options_.tag_age_max;
        const std::optional<oci::Descriptor>& found = answer->descriptor;
        if (found.has_value() && (is_fresh || name.is_digest() || is_offline()))
            return Result<oci::Descriptor>(*found);
        if (!found.has_value() && is_fresh)
            return Result<oci::Descriptor>(
                fail(Error::Kind::not_found,
                     '`' + shown(name) + "` was not in " + store_.title() + " a moment ago"));
    }
    if (is_offline()) return Result<oci::Descriptor>(not_kept('`' + shown(name) + '`'));
    return std::nullopt;
}

std::optional<Result<RawManifest>> CachedStore::kept_manifest(const ManifestName& name) const {
    const std::optional<Result<oci::Descriptor>> descriptor = kept_name(name);
    if (!descriptor.has_value()) return std::nullopt;
    if (!descriptor->has_value())
        return Result<RawManifest>(std::unexpected<Error>(descriptor->error()));
    std::optional<std::string> bytes = cache_.find((*descriptor)->digest);
    if (bytes.has_value() && bytes->size() == (*descriptor)->size)
        return Result<RawManifest>(
            RawManifest{.descriptor = **descriptor, .bytes = std::move(*bytes)});
    if (is_offline()) return Result<RawManifest>(not_kept('`' + shown(name) + '`'));
    return std::nullopt;
}

std::optional<Result<std::string>> CachedStore::kept_blob(const oci::Descriptor& blob) const {
    std::optional<std::string> bytes = cache_.find(blob.digest);
    if (bytes.has_value() && bytes->size() == blob.size)
        return Result<std::string>(std::move(*bytes));
    if (is_offline()) return Result<std::string>(not_kept(blob.digest.str()));
    return std::nullopt;
}

void CachedStore::keep(const ManifestName& name, const Result<oci::Descriptor>& answer) const {
    // Only certain answers: an error says nothing about what is there.
    if (!answer.has_value() && answer.error().kind != Error::Kind::not_found) return;
    const auto now = system_clock::now();
    std::optional<oci::Descriptor> descriptor;
    if (answer.has_value()) descriptor = *answer;
    cache_.keep(question(name), {.descriptor = std::move(descriptor), .at = now});
}

std::vector<Result<oci::Descriptor>> CachedStore::resolve(std::span<const ManifestName> names) {
    return answer_all<oci::Descriptor>(
        names, [&](const ManifestName& name) { return kept_name(name); },
        [&](std::span<const ManifestName> unknown) {
            std::vector<Result<oci::Descriptor>> answers = store_.resolve(unknown);
            for (std::size_t at = 0; at < unknown.size(); ++at) keep(unknown[at], answers[at]);
            return answers;
        });
}

std::vector<Result<RawManifest>> CachedStore::read_manifests(std::span<const ManifestName> names) {
    return answer_all<RawManifest>(
        names, [&](const ManifestName& name) { return kept_manifest(name); },
        [&](std::span<const ManifestName> unknown) {
            std::vector<Result<RawManifest>> answers = store_.read_manifests(unknown);
            for (std::size_t at = 0; at < unknown.size(); ++at) {
                if (!answers[at].has_value()) {
                    keep(unknown[at], std::unexpected<Error>(answers[at].error()));
                    continue;
                }
                const oci::Descriptor& found = answers[at]->descriptor;
                cache_.keep(found.digest, answers[at]->bytes);
                keep(unknown[at], found);
                if (!unknown[at].is_digest())
                    keep({unknown[at].repository, found.digest.str()}, found);
            }
            return answers;
        });
}

std::vector<Result<std::string>> CachedStore::read_blobs(std::string_view repository,
                                                         std::span<const oci::Descriptor> blobs) {
    return answer_all<std::string>(
        blobs, [&](const oci::Descriptor& blob) { return kept_blob(blob); },
        [&](std::span<const oci::Descriptor> unknown) {
            std::vector<Result<std::string>> answers = store_.read_blobs(repository, unknown);
            for (std::size_t at = 0; at < unknown.size(); ++at)
                if (answers[at].has_value()) cache_.keep(unknown[at].digest, *answers[at]);
            return answers;
        });
}

Result<void> CachedStore::read_blob(std::string_view repository, const oci::Descriptor& blob,
                                    std::uint64_t from, http::Sink& sink) {
    if (is_offline()) return not_kept(blob.digest.str());
    return store_.read_blob(repository, blob, from, sink);
}

Result<bool> CachedStore::has_blob(std::string_view repository, const oci::Descriptor& blob) {
    if (is_offline()) return not_kept(blob.digest.str());
    return store_.has_blob(repository, blob);
}

Result<void> CachedStore::write_blob(std::string_view repository, const oci::Descriptor& blob,
                                     http::Source& source) {
    if (is_offline()) return not_kept(blob.digest.str());
    return store_.write_blob(repository, blob, source);
}

Result<bool> CachedStore::mount_blob(std::string_view repository, const oci::Descriptor& blob,
                                     std::string_view from_repository) {
    if (is_offline()) return not_kept(blob.digest.str());
    return store_.mount_blob(repository, blob, from_repository);
}

Result<void> CachedStore::write_manifest(const ManifestName& name, const RawManifest& manifest,
                                         IfExists if_exists) {
    if (is_offline()) return not_kept('`' + shown(name) + '`');
    Result<void> outcome = store_.write_manifest(name, manifest, if_exists);
    // Also behind an error: it may have been written all the same.
    cache_.forget(question(name));
    cache_.forget(question({name.repository, manifest.descriptor.digest.str()}));
    return outcome;
}

Result<void> CachedStore::may_write(std::string_view repository) {
    return store_.may_write(repository);
}

Result<void> CachedStore::remove_manifest(const ManifestName& name) {
    if (is_offline()) return not_kept(name.tag_or_digest);
    Result<void> outcome = store_.remove_manifest(name);
    cache_.forget(question(name));
    return outcome;
}

Result<std::vector<std::string>> CachedStore::tags(std::string_view repository) {
    if (is_offline()) return not_kept("the list of tags of `" + std::string(repository) + '`');
    return store_.tags(repository);
}

Result<std::vector<oci::Descriptor>> CachedStore::referrers(std::string_view repository,
                                                            const oci::Digest& subject) {
    if (is_offline()) return not_kept("what refers to " + subject.str());
    return store_.referrers(repository, subject);
}

}  // namespace lockstep::images
