#include "images/stores.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "images/answer_cache.h"
#include "images/cached_store.h"
#include "images/certificates.h"
#include "images/credentials.h"
#include "images/layout.h"
#include "images/registry.h"

namespace lockstep::images {

namespace {

/// Whether `name` is `prefix` or stands below it: "host/a" is below "host", "host/ab" not below
/// "host/a".
bool is_below(std::string_view name, std::string_view prefix) {
    return name.starts_with(prefix) && (name.size() == prefix.size() || name[prefix.size()] == '/');
}

/// The entry with the longest key that `name` is below; nullptr where there is none.
template <typename Map>
const typename Map::mapped_type* longest_prefix(const Map& entries, std::string_view name) {
    const typename Map::mapped_type* found = nullptr;
    std::size_t length = 0;
    for (const auto& [prefix, value] : entries)
        if (is_below(name, prefix) && prefix.size() >= length) {
            found = &value;
            length = prefix.size();
        }
    return found;
}

/// With Docker's defaults: "docker.io/library/nginx".
std::string full_name(const oci::Reference& reference) {
    return reference.registry() + '/' + reference.path();
}

}  // namespace

struct Stores::State {
    StoresOptions options;
    Credentials credentials;
    http::Client client;
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<Store>> stores;  // by what tells them apart
    std::optional<AnswerCache> cache;

    State(StoresOptions o, Credentials c)
        : options(std::move(o)), credentials(std::move(c)), client(options.http) {}

    /// The store kept under `key`, opened by `open` where it is new.
    template <typename Open>
    Result<Store*> keep(const std::string& key, const Open& open) {
        const std::scoped_lock lock(mutex);
        if (const auto found = stores.find(key); found != stores.end()) return found->second.get();
        std::unique_ptr<Store> store = TRY(open());
        return stores.emplace(key, std::move(store)).first->second.get();
    }

    Result<Store*> layout(const std::string& directory) {
        return keep("layout " + directory,
                    [&]() -> Result<std::unique_ptr<Store>> { return Layout::open(directory); });
    }

    enum class Use { read, write };

    Result<Store*> bare_registry(const oci::Reference& reference, Use use, bool is_trusted) {
        const std::string host = reference.registry();
        const auto* mirrors =
            use == Use::read ? longest_prefix(options.mirrors, full_name(reference)) : nullptr;
        std::string key = std::string(use == Use::read ? "reader " : "writer ") +
                          (is_trusted ? "trusted " : "") + host;
        if (mirrors != nullptr)
            for (const std::string& mirror : *mirrors) key += ' ' + mirror;
        return keep(key, [&]() -> Result<std::unique_ptr<Store>> {
            return Registry::open(
                host,
                {.plain_http =
                     std::ranges::find(options.plain_http, host) != options.plain_http.end(),
                 .mirrors = mirrors == nullptr ? std::vector<std::string>() : *mirrors,
                 .is_trusted = is_trusted},
                client, credentials);
        });
    }

    Result<Store*> registry(const oci::Reference& reference, Use use, bool is_trusted) {
        if (options.offline && !cache)
            return fail(Error::Kind::unavailable,
                        '`' + reference.registry() + "` is not asked: nothing may be fetched",
                        "run once without --offline");
        Store* const bare = TRY(bare_registry(reference, use, is_trusted));
        if (!cache) return bare;
        // What one user may see another may not.
        const std::optional<Credential> credential =
            TRY(credentials.find(reference.registry(), reference.path()));
        const std::string identity = credential ? credential->user : "";
        using Cached = CachedStoreOptions::Use;
        const Cached how = options.offline     ? Cached::offline
                           : use == Use::write ? Cached::write
                                               : Cached::read;
        const std::string key = "cached " + std::to_string(static_cast<int>(how)) + ' ' + identity +
                                ' ' + std::to_string(reinterpret_cast<std::uintptr_t>(bare));
        return keep(key, [&]() -> Result<std::unique_ptr<Store>> {
            return std::make_unique<CachedStore>(
                *bare, *cache,
                CachedStoreOptions{
                    .identity = identity, .tag_age_max = options.tag_age_max, .use = how});
        });
    }
};

Stores::Stores(std::unique_ptr<State> state) : state_(std::move(state)) {}
Stores::Stores(Stores&&) noexcept = default;
Stores& Stores::operator=(Stores&&) noexcept = default;
Stores::~Stores() = default;

Result<Stores> Stores::open(StoresOptions options) {
    Credentials credentials = TRY(Credentials::from_environment());
    if (!options.http.tls_for) options.http.tls_for = registry_tls;
    auto state = std::make_unique<State>(std::move(options), std::move(credentials));
    // Without a cache everything is asked: that is no reason to fail.
    if (const std::string& directory = state->options.cache_directory; !directory.empty())
        if (Result<AnswerCache> cache = AnswerCache::open(directory))
            state->cache = *std::move(cache);
    return Stores(std::move(state));
}

Result<Store*> Stores::of(const Name& name, Trust trust) {
    if (const auto* layout = std::get_if<LayoutName>(&name))
        return state_->layout(layout->directory);
    return state_->registry(std::get<oci::Reference>(name), State::Use::read, trust == Trust::user);
}

Result<Store*> Stores::to_write(const Name& name) {
    const auto* const layout = std::get_if<LayoutName>(&name);
    if (layout == nullptr)
        return state_->registry(std::get<oci::Reference>(name), State::Use::write, true);
    return state_->keep("written layout " + layout->directory,
                        [&]() -> Result<std::unique_ptr<Store>> {
                            return Layout::open_or_make(layout->directory);
                        });
}

ManifestName manifest_name(const Name& name) {
    if (const auto* layout = std::get_if<LayoutName>(&name))
        return {.repository = {},
                .tag_or_digest = layout->digest.empty() ? layout->tag : layout->digest};
    const auto& reference = std::get<oci::Reference>(name);
    if (!reference.digest().empty())
        return {.repository = reference.path(), .tag_or_digest = reference.digest()};
    return {.repository = reference.path(),
            .tag_or_digest = reference.tag().empty() ? "latest" : reference.tag()};
}

}  // namespace lockstep::images
