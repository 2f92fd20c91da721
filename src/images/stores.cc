#include "images/stores.h"

#include <algorithm>
#include <mutex>
#include <utility>

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

}  // namespace

struct Stores::State {
    StoresOptions options;
    Credentials credentials;
    http::Client client;
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<Store>> stores;  // by what tells them apart

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
    Result<Store*> registry(const oci::Reference& reference, Use use, bool is_trusted) {
        const std::string host = reference.registry();
        if (options.offline)
            return fail(Error::Kind::unavailable,
                        '`' + host + "` is not asked: nothing may be fetched",
                        "run once without --offline");
        const auto* mirrors =
            use == Use::read ? longest_prefix(options.mirrors, reference.name()) : nullptr;
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
};

Stores::Stores(std::unique_ptr<State> state) : state_(std::move(state)) {}
Stores::Stores(Stores&&) noexcept = default;
Stores& Stores::operator=(Stores&&) noexcept = default;
Stores::~Stores() = default;

Result<Stores> Stores::open(StoresOptions options) {
    Credentials credentials = TRY(Credentials::from_environment());
    if (!options.http.tls_for) options.http.tls_for = registry_tls;
    return Stores(std::make_unique<State>(std::move(options), std::move(credentials)));
}

Result<Store*> Stores::of(const Name& name, Trust trust) {
    if (const auto* layout = std::get_if<LayoutName>(&name))
        return state_->layout(layout->directory);
    const auto& reference = std::get<oci::Reference>(name);
    if (const auto* directory = longest_prefix(state_->options.layouts, reference.name()))
        return state_->layout(*directory);
    return state_->registry(reference, State::Use::read, trust == Trust::user);
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

http::Client& Stores::client() {
    return state_->client;
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
