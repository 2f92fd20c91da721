#include <utility>

#include "images/manifest_answer.h"
#include "images/referrers_index.h"
#include "images/registry.h"
#include "images/registry_error.h"
#include "images/registry_state.h"
#include "images/upload.h"
#include "oci/media_type.h"

namespace lockstep::images {

namespace {

constexpr int created = 201;

std::unexpected<Error> taken(const ManifestName& name, const oci::Digest& found,
                             const oci::Digest& ours) {
    return fail(Error::Kind::conflict,
                '`' + shown(name) + "` is " + found.str() + " already, not " + ours.str(),
                "what is published never changes; publish another version");
}

/// What stands under a name now; nothing where nothing does.
Result<std::optional<oci::Digest>> standing(Registry& registry, const ManifestName& name) {
    Result<oci::Descriptor> found = std::move(registry.resolve(std::span(&name, 1)).front());
    if (found) return std::optional(found->digest);
    if (found.error().kind == Error::Kind::not_found) return std::optional<oci::Digest>();
    return std::unexpected(std::move(found.error()));
}

/// What a `conflict` may be turned into: a reply that was lost may have been a success.
Result<void> settle(Registry& registry, const ManifestName& name, const oci::Digest& ours,
                    Error error) {
    const Result<std::optional<oci::Digest>> found = standing(registry, name);
    if (!found || !*found) return std::unexpected(std::move(error));
    if (**found == ours) return {};
    return taken(name, **found, ours);
}

oci::Descriptor referrer_of(const RawManifest& raw, const oci::Document& document) {
    oci::Descriptor referrer = raw.descriptor;
    if (const auto* manifest = std::get_if<oci::Manifest>(&document))
        referrer.artifact_type =
            manifest->artifact_type.empty() ? manifest->config.media_type : manifest->artifact_type;
    if (const auto* index = std::get_if<oci::Index>(&document))
        referrer.artifact_type = index->artifact_type;
    referrer.annotations = oci::annotations_of(document);
    return referrer;
}

}  // namespace

Call Registry::State::writing(http::Method method, std::string_view repository,
                              std::string_view path) const {
    Call call = reading(*origin, method, repository, path);
    call.scopes = {push_scope(repository)};
    return call;
}

Result<void> Registry::write_blob(std::string_view repository, const oci::Descriptor& blob,
                                  http::Source& source) {
    return upload_blob(*state_, repository, blob, source);
}

Result<void> Registry::may_write(std::string_view repository) {
    return begin_and_cancel_upload(*state_, repository);
}

Result<bool> Registry::mount_blob(std::string_view repository, const oci::Descriptor& blob,
                                  std::string_view from_repository) {
    const std::string doing = "mounting blob " + blob.digest.str();
    Call call = state_->writing(http::Method::post, repository, "blobs/uploads/");
    call.request.url =
        call.request.url.with_query("mount", blob.digest.str()).with_query("from", from_repository);
    call.scopes.push_back(pull_scope(from_repository));
    call.request.is_repeatable = true;
    const http::Response response = TRY(state_->origin->send(call), doing);
    if (response.status == created) return true;
    // 202 begins an upload instead, which the registry forgets when nothing comes.
    if (is_success(response.status)) return false;
    return std::unexpected(error_of(response, doing));
}

Result<void> Registry::write_manifest(const ManifestName& name, const RawManifest& manifest,
                                      IfExists if_exists) {
    const std::string doing = "writing the manifest `" + shown(name) + '`';
    const oci::Digest& ours = manifest.descriptor.digest;
    const bool is_guarded = if_exists == IfExists::refuse && !name.is_digest();
    if (is_guarded) {
        const std::optional<oci::Digest> found = TRY(standing(*this, name), doing);
        if (found && *found != ours) return taken(name, *found, ours);
        if (found) return {};
    }
    Call call =
        state_->writing(http::Method::put, name.repository, "manifests/" + name.tag_or_digest);
    call.request.headers.add("Content-Type", manifest.descriptor.media_type);
    // No registry is known to honour it; one that does closes the gap between asking and writing.
    if (is_guarded) call.request.headers.add("If-None-Match", "*");
    call.request.body = manifest.bytes;
    const Result<http::Response> answer = state_->origin->send(call);
    if (!answer) return settle(*this, name, ours, answer.error());
    if (!is_success(answer->status)) return settle(*this, name, ours, error_of(*answer, doing));
    if (is_guarded) {
        const std::optional<oci::Digest> found = TRY(standing(*this, name), doing);
        if (!found)
            return fail(Error::Kind::unavailable, doing + ": it was taken, and is not there",
                        "try again: what is there by then is left alone");
        if (*found != ours) return taken(name, *found, ours);
    }
    const oci::Document document =
        TRY(oci::parse_document(shown(name), manifest.descriptor.media_type, manifest.bytes));
    const std::optional<oci::Descriptor>& subject = oci::subject_of(document);
    if (!subject || answer->headers.find("OCI-Subject") != nullptr) return {};
    return add_fallback_referrer(*this, name.repository, subject->digest,
                                 referrer_of(manifest, document));
}

Result<void> Registry::remove_manifest(const ManifestName& name) {
    constexpr int not_found = 404;
    constexpr int not_allowed = 405;
    const std::string doing = "removing the manifest `" + shown(name) + '`';
    Call call =
        state_->writing(http::Method::remove, name.repository, "manifests/" + name.tag_or_digest);
    call.scopes.push_back("repository:" + name.repository + ":delete");
    call.request.is_repeatable = true;
    const http::Response response = TRY(state_->origin->send(call), doing);
    if (is_success(response.status) || response.status == not_found) return {};
    if (response.status == not_allowed || parse_registry_errors(response.body).has("UNSUPPORTED"))
        return fail(Error::Kind::unsupported,
                    doing + ": " + response.url.authority() + " removes nothing",
                    "have the registry's operator remove it, or allow removing there");
    return std::unexpected(error_of(response, doing));
}

}  // namespace lockstep::images
