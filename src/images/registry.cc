#include "images/registry.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "images/checked_sink.h"
#include "images/link_header.h"
#include "images/manifest_answer.h"
#include "images/referrers_index.h"
#include "images/registry_error.h"
#include "images/registry_state.h"
#include "json/parse.h"
#include "json/value.h"
#include "oci/media_type.h"

namespace lockstep::images {

namespace {

constexpr std::size_t tags_page_bytes_max = 16u << 20;
constexpr std::size_t tags_per_page = 1'000;
constexpr std::size_t tags_max = 1'000'000;
constexpr std::size_t pages_max = 10'000;
constexpr std::size_t referrers_max = 10'000;

bool is_not_found(const Result<http::Response>& answer) {
    return answer && answer->status == 404;
}

/// Asks one endpoint for many things: `ask` gets the indices that are still open and gives as many
/// results. What a mirror does not have is asked of the next; the last one's word counts.
template <typename T, typename Ask>
std::vector<Result<T>> ask_in_turn(const std::vector<Endpoint*>& endpoints, std::size_t count,
                                   const Ask& ask) {
    std::vector<Result<T>> results(count, fail(Error::Kind::internal, "nobody was asked"));
    std::vector<std::size_t> open(count);
    for (std::size_t at = 0; at < count; ++at) open[at] = at;
    for (Endpoint* endpoint : endpoints) {
        if (open.empty()) break;
        std::vector<Result<T>> answers = ask(*endpoint, open);
        std::vector<std::size_t> still_open;
        for (std::size_t at = 0; at < open.size(); ++at) {
            if (!answers[at]) still_open.push_back(open[at]);
            results[open[at]] = std::move(answers[at]);
        }
        open = std::move(still_open);
    }
    return results;
}

std::string manifest_path(const ManifestName& name) {
    return "manifests/" + name.tag_or_digest;
}

Call manifest_call(const Endpoint& endpoint, http::Method method, const ManifestName& name);

/// A 404 that certainly says "not here": in a registry's words, or from what is one.
Result<void> check_is_certain(Endpoint& endpoint, const http::Response& answer,
                              const std::string& what) {
    const RegistryErrors said = parse_registry_errors(answer.body);
    if (!said.codes.empty() || endpoint.is_registry()) return {};
    return fail(Error::Kind::unavailable,
                what + ": " + answer.url.authority() + " answered 404 as no registry does",
                "is this address a registry, and does a proxy stand before it?");
}

Error error_for(Endpoint& endpoint, const http::Response& answer, const std::string& doing) {
    if (answer.status == 404)
        if (Result<void> certain = check_is_certain(endpoint, answer, doing); !certain)
            return std::move(certain.error());
    return error_of(answer, doing);
}

Result<RawManifest> manifest_from(Endpoint& endpoint, Result<http::Response> answer,
                                  const ManifestName& name) {
    http::Response response = TRY(std::move(answer), "reading the manifest `" + shown(name) + '`');
    if (!is_success(response.status))
        return std::unexpected(
            error_for(endpoint, response, "reading the manifest `" + shown(name) + '`'));
    return manifest_in(std::move(response), name);
}

std::vector<Result<RawManifest>> read_at(Endpoint& endpoint,
                                         const std::vector<const ManifestName*>& names) {
    std::vector<Call> calls;
    for (const ManifestName* name : names)
        calls.push_back(manifest_call(endpoint, http::Method::get, *name));
    std::vector<Result<http::Response>> answers = endpoint.send(calls);
    std::vector<Result<RawManifest>> results;
    for (std::size_t at = 0; at < names.size(); ++at)
        results.push_back(manifest_from(endpoint, std::move(answers[at]), *names[at]));
    return results;
}

/// By HEAD, and by GET where that leaves a doubt: a 404 without a word, headers that are missing.
std::vector<Result<oci::Descriptor>> resolve_at(Endpoint& endpoint,
                                                const std::vector<const ManifestName*>& names) {
    std::vector<Call> calls;
    for (const ManifestName* name : names)
        calls.push_back(manifest_call(endpoint, http::Method::head, *name));
    std::vector<Result<http::Response>> answers = endpoint.send(calls);

    std::vector<Result<oci::Descriptor>> results;
    std::vector<const ManifestName*> doubtful;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const Result<http::Response>& answer = answers[at];
        Result<std::optional<oci::Descriptor>> said = std::optional<oci::Descriptor>();
        if (!answer)
            said = std::unexpected(answer.error());
        else if (is_success(answer->status))
            said = described_by(*answer, *names[at]);
        if (said && !*said) {
            doubtful.push_back(names[at]);
            places.push_back(at);
        }
        if (!said)
            results.emplace_back(std::unexpected(said.error()));
        else if (*said)
            results.emplace_back(**said);
        else
            results.emplace_back(fail(Error::Kind::internal, "a doubt was left"));
    }
    if (doubtful.empty()) return results;
    std::vector<Result<RawManifest>> read = read_at(endpoint, doubtful);
    for (std::size_t at = 0; at < places.size(); ++at)
        if (read[at])
            results[places[at]] = std::move(read[at]->descriptor);
        else
            results[places[at]] = std::unexpected(std::move(read[at].error()));
    return results;
}

Result<std::string> blob_in(Endpoint& endpoint, Result<http::Response> answer,
                            const oci::Descriptor& blob) {
    const std::string doing = "reading blob " + blob.digest.str();
    http::Response response = TRY(std::move(answer), doing);
    if (!is_success(response.status)) return std::unexpected(error_for(endpoint, response, doing));
    if (response.body.size() != blob.size || !is_named_by(blob.digest, response.body))
        return fail(Error::Kind::corrupt,
                    "blob " + blob.digest.str() + " of " + response.url.authority() +
                        " is not what its digest names",
                    "the registry or something before it changes what it stores: do not use it");
    return std::move(response.body);
}

/// What one page of tags brought.
struct Page {
    std::size_t entries = 0;
    bool is_new = false;
    std::string last;
};

/// Fills `tags` from one page.
Result<Page> add_page(const http::Response& response, std::set<std::string>& tags) {
    const json::Value document =
        TRY(json::parse("the tags of " + response.url.authority(), response.body,
                        {.bytes = tags_page_bytes_max, .values = tags_max, .depth = 20}));
    const json::Value* const list = document.find("tags");
    const auto* const entries = list == nullptr ? nullptr : list->as<json::Array>();
    const std::size_t before = tags.size();
    Page page;
    if (entries != nullptr)
        for (const json::Value& entry : *entries)
            if (const auto* tag = entry.as<std::string>()) {
                tags.insert(*tag);
                page.last = *tag;
                ++page.entries;
            }
    if (tags.size() > tags_max)
        return fail(Error::Kind::invalid, response.url.authority() + " lists more than " +
                                              std::to_string(tags_max) + " tags");
    page.is_new = tags.size() > before;
    return page;
}

/// The page behind `page`; nothing where it is the last, or leads elsewhere.
std::optional<http::Url> next_page(const http::Response& page) {
    const std::string* const link = page.headers.find("Link");
    const std::optional<std::string_view> target =
        link == nullptr ? std::nullopt : next_link(*link);
    if (!target) return std::nullopt;
    Result<http::Url> url = page.url.resolve(*target);
    if (!url || !url->has_origin_of(page.url)) return std::nullopt;
    return *std::move(url);
}

Result<std::vector<oci::Descriptor>> entries_of(const http::Response& page) {
    const oci::Document document =
        TRY(oci::parse_document("referrers", oci::media_type::oci_index, page.body));
    return oci::children_of(document);
}

Result<http::Url> address_of(const std::string& host_port, bool plain_http) {
    const bool is_hub = host_port == "docker.io" || host_port == "index.docker.io";
    const Result<http::Url> url = http::Url::parse((plain_http ? "http://" : "https://") +
                                                   (is_hub ? "registry-1.docker.io" : host_port));
    if (!url || url->target() != "/")
        return fail(
            Error::Kind::usage, '`' + host_port + "` is no registry",
            "a registry is a host, with a port where it has one: registry.example.com:5000");
    return *url;
}

}  // namespace

std::string pull_scope(std::string_view repository) {
    return "repository:" + std::string(repository) + ":pull";
}

std::string push_scope(std::string_view repository) {
    return "repository:" + std::string(repository) + ":pull,push";
}

Call Registry::State::reading(const Endpoint& endpoint, http::Method method,
                              std::string_view repository, std::string_view path) {
    return {.request = {.method = method,
                        .url = endpoint.url(std::string(repository) + '/' + std::string(path)),
                        .is_trusted = endpoint.is_trusted()},
            .repository = std::string(repository),
            .scopes = {pull_scope(repository)}};
}

std::vector<Endpoint*> Registry::State::readers() const {
    std::vector<Endpoint*> readers;
    for (const std::unique_ptr<Endpoint>& mirror : mirrors) readers.push_back(mirror.get());
    readers.push_back(origin.get());
    return readers;
}

namespace {

Call manifest_call(const Endpoint& endpoint, http::Method method, const ManifestName& name) {
    Call call = Registry::State::reading(endpoint, method, name.repository, manifest_path(name));
    call.request.headers.add("Accept", std::string(accepted_manifests()));
    call.request.body_bytes_max = oci::manifest_bytes_max;
    return call;
}

}  // namespace

Registry::Registry(std::unique_ptr<State> state) : state_(std::move(state)) {}
Registry::~Registry() = default;

Result<std::unique_ptr<Registry>> Registry::open(const std::string& host_port,
                                                 const RegistryOptions& options,
                                                 http::Client& client,
                                                 const Credentials& credentials) {
    auto state = std::make_unique<State>();
    state->title = host_port;
    state->options = options;
    for (const std::string& mirror : options.mirrors) {
        const http::Url url = TRY(http::Url::parse(mirror), "the mirror of `" + host_port + '`');
        state->mirrors.push_back(
            std::make_unique<Endpoint>(url, url.authority(), false, client, credentials));
    }
    state->origin = std::make_unique<Endpoint>(TRY(address_of(host_port, options.plain_http)),
                                               host_port, options.is_trusted, client, credentials);
    return std::unique_ptr<Registry>(new Registry(std::move(state)));
}

std::string Registry::title() const {
    return state_->title;
}

std::vector<Result<oci::Descriptor>> Registry::resolve(std::span<const ManifestName> names) {
    return ask_in_turn<oci::Descriptor>(state_->readers(), names.size(),
                                        [&](Endpoint& endpoint, const auto& open) {
                                            std::vector<const ManifestName*> asked;
                                            for (const std::size_t at : open)
                                                asked.push_back(&names[at]);
                                            return resolve_at(endpoint, asked);
                                        });
}

std::vector<Result<RawManifest>> Registry::read_manifests(std::span<const ManifestName> names) {
    return ask_in_turn<RawManifest>(state_->readers(), names.size(),
                                    [&](Endpoint& endpoint, const auto& open) {
                                        std::vector<const ManifestName*> asked;
                                        for (const std::size_t at : open)
                                            asked.push_back(&names[at]);
                                        return read_at(endpoint, asked);
                                    });
}

std::vector<Result<std::string>> Registry::read_blobs(std::string_view repository,
                                                      std::span<const oci::Descriptor> blobs) {
    return ask_in_turn<std::string>(
        state_->readers(), blobs.size(), [&](Endpoint& endpoint, const auto& open) {
            std::vector<Call> calls;
            for (const std::size_t at : open) {
                calls.push_back(State::reading(endpoint, http::Method::get, repository,
                                               "blobs/" + blobs[at].digest.str()));
                calls.back().request.body_bytes_max = oci::config_bytes_max;
            }
            std::vector<Result<http::Response>> answers = endpoint.send(calls);
            std::vector<Result<std::string>> results;
            for (std::size_t at = 0; at < open.size(); ++at)
                results.push_back(blob_in(endpoint, std::move(answers[at]), blobs[open[at]]));
            return results;
        });
}

Result<void> Registry::read_blob(std::string_view repository, const oci::Descriptor& blob,
                                 std::uint64_t from, http::Sink& sink) {
    const std::string doing = "reading blob " + blob.digest.str();
    // A mirror that fails half-way cannot be taken back, so blobs come from where they are known
    // to be: the first reader that has it.
    Endpoint* reader = state_->origin.get();
    for (const std::unique_ptr<Endpoint>& mirror : state_->mirrors) {
        const Result<http::Response> answer = mirror->send(
            State::reading(*mirror, http::Method::head, repository, "blobs/" + blob.digest.str()));
        if (!answer || !is_success(answer->status)) continue;
        reader = mirror.get();
        break;
    }
    CheckedSink checked(blob, from, sink);
    Call call =
        State::reading(*reader, http::Method::get, repository, "blobs/" + blob.digest.str());
    call.request.sink = &checked;
    if (from > 0) call.request.headers.add("Range", "bytes=" + std::to_string(from) + '-');
    const http::Response response = TRY(reader->send(call), doing);
    if (!is_success(response.status)) return std::unexpected(error_for(*reader, response, doing));
    return checked.finish();
}

Result<bool> Registry::has_blob(std::string_view repository, const oci::Descriptor& blob) {
    const Result<http::Response> answer = state_->origin->send(State::reading(
        *state_->origin, http::Method::head, repository, "blobs/" + blob.digest.str()));
    if (is_not_found(answer)) return false;
    const std::string doing = "looking for blob " + blob.digest.str();
    const http::Response response = TRY(answer, doing);
    if (is_success(response.status)) return true;
    return std::unexpected(error_of(response, doing));
}

Result<std::vector<std::string>> Registry::tags(std::string_view repository) {
    const std::string doing = "listing the tags of `" + std::string(repository) + '`';
    Endpoint& origin = *state_->origin;
    Call call = State::reading(origin, http::Method::get, repository,
                               "tags/list?n=" + std::to_string(tags_per_page));
    const http::Url first = call.request.url;
    call.request.body_bytes_max = tags_page_bytes_max;
    std::set<std::string> tags;
    for (std::size_t pages = 0; pages < pages_max; ++pages) {
        const http::Response response = TRY(origin.send(call), doing);
        if (!is_success(response.status))
            return std::unexpected(error_for(origin, response, doing));
        const Page page = TRY(add_page(response, tags), doing);
        std::optional<http::Url> next = next_page(response);
        // A page of just as many as were asked for may be cut without a word.
        if (!next && page.entries == tags_per_page) next = first.with_query("last", page.last);
        // Some registries ignore where to go on and send the same page for ever.
        if (!next || !page.is_new) return std::vector(tags.begin(), tags.end());
        call.request.url = *std::move(next);
    }
    return fail(Error::Kind::invalid,
                doing + ": more than " + std::to_string(pages_max) + " pages");
}

Result<std::vector<oci::Descriptor>> Registry::referrers(std::string_view repository,
                                                         const oci::Digest& subject) {
    const std::string doing = "asking what refers to " + subject.str();
    Endpoint& origin = *state_->origin;
    Call call = State::reading(origin, http::Method::get, repository, "referrers/" + subject.str());
    call.request.headers.add("Accept", std::string(oci::media_type::oci_index));
    std::vector<oci::Descriptor> found;
    for (std::size_t pages = 0; pages < pages_max; ++pages) {
        const http::Response page = TRY(origin.send(call), doing);
        // The answer of a registry that does not know this part of the specification.
        if (pages == 0 && page.status == 404)
            return read_fallback_referrers(*this, repository, subject);
        if (!is_success(page.status)) return std::unexpected(error_for(origin, page, doing));
        std::ranges::move(TRY(entries_of(page), doing), std::back_inserter(found));
        const std::optional<http::Url> next = next_page(page);
        if (!next) return found;
        if (found.size() > referrers_max) break;
        call.request.url = *next;
    }
    return fail(Error::Kind::invalid, doing + ": more than " + std::to_string(referrers_max));
}

}  // namespace lockstep::images
