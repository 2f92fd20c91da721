#include <algorithm>
#include <set>

#include "oci/manifest.h"
#include "workspace/traced_image.h"

namespace lockstep::workspace {

namespace {

using trace::Attachment;

constexpr std::string_view in_toto_type = "application/vnd.in-toto+json";
constexpr std::string_view envelope_type = "application/vnd.dsse.envelope.v1+json";
constexpr std::string_view bundle_type = "application/vnd.dev.sigstore.bundle";
constexpr std::string_view simple_signing_type = "application/vnd.dev.cosign.simplesigning.v1+json";
constexpr std::string_view cosign_signature = "https://sigstore.dev/cosign/sign/v1";
constexpr std::string_view referred_digest = "vnd.docker.reference.digest";
/// Platforms whose own attachments are asked for.
constexpr std::size_t platforms_max = 16;

/// Where something that may be about the image is.
struct Place {
    images::ManifestName name;
    Attachment::Form form = Attachment::Form::referrer;
    std::string subject;
    bool may_be_absent = false;  // cosign's tags: asked for without knowing
};

/// A manifest may be a signature or an attestation by what its layers are; nothing else tells,
/// since listings of referrers say different things of the same manifest.
bool is_worth_reading(const oci::Descriptor& layer) {
    return layer.media_type == in_toto_type || layer.media_type == envelope_type ||
           layer.media_type.starts_with(bundle_type);
}

class Reader {
  public:
    Reader(trace::TracedImage& image, images::Store& store, const std::string& repository)
        : image_(image), store_(store), repository_(repository) {}

    void read() {
        find_places();
        std::vector<images::ManifestName> names;
        for (const Place& place : places_) names.push_back(place.name);
        const auto manifests = store_.read_manifests(names);
        for (std::size_t at = 0; at < places_.size(); ++at) add(places_[at], manifests[at]);
    }

  private:
    void note_unknown(const std::string& reason) {
        if (image_.attachments_unknown.empty()) image_.attachments_unknown = reason;
    }

    void find_places() {
        find_about(image_.seen.digest);
        if (!image_.seen.is_index) return;
        std::size_t count = 0;
        for (const evidence::SeenPlatform& platform : image_.seen.platforms) {
            if (++count > platforms_max) break;
            find_about(platform.digest);
        }
        if (count > platforms_max)
            note_unknown("only the first " + std::to_string(platforms_max) +
                         " platforms were looked at");
        find_in_index();
    }

    void add_place(Place place) {
        if (!known_.insert(place.name.tag_or_digest).second) return;
        if (places_.size() >= attachments_max)
            return note_unknown("more than " + std::to_string(attachments_max) +
                                " things refer to it");
        places_.push_back(std::move(place));
    }

    void find_about(const std::string& text) {
        const auto digest = oci::Digest::parse(text);
        if (!digest) return;
        const auto referrers = store_.referrers(repository_, *digest);
        if (referrers) {
            for (const oci::Descriptor& each : *referrers)
                add_place({.name = {repository_, each.digest.str()}, .subject = text});
        } else if (referrers.error().kind != Error::Kind::not_found) {
            note_unknown("what refers to it could not be asked: " + to_string(referrers.error()));
        }
        const std::string tag =
            std::string(digest->algorithm_name()) + '-' + std::string(digest->hex());
        for (const std::string_view ending : {".sig", ".att"})
            add_place({.name = {repository_, tag + std::string(ending)},
                       .form = Attachment::Form::cosign_tag,
                       .subject = text,
                       .may_be_absent = true});
    }

    /// BuildKit puts an attestation manifest beside each platform of the index.
    void find_in_index() {
        const images::ManifestName name[] = {{repository_, image_.seen.digest}};
        const auto raw = std::move(store_.read_manifests(name).front());
        if (!raw) return note_unknown("its index could not be read: " + to_string(raw.error()));
        const auto document = oci::parse_document("index", raw->descriptor.media_type, raw->bytes);
        const oci::Index* const index = document ? std::get_if<oci::Index>(&*document) : nullptr;
        if (index == nullptr) return;
        for (const oci::Descriptor& entry : index->manifests) {
            const auto subject = entry.annotations.find(referred_digest);
            if (!oci::is_attestation(entry) || subject == entry.annotations.end()) continue;
            add_place({.name = {repository_, entry.digest.str()},
                       .form = Attachment::Form::buildkit,
                       .subject = subject->second});
        }
    }

    Attachment at(const Place& place) const {
        return {.kind = Attachment::Kind::attestation,
                .form = place.form,
                .name = place.name.tag_or_digest,
                .subject = place.subject,
                .type = {},
                .signatures = 0,
                .statement = {},
                .reason = {}};
    }

    void add(const Place& place, const Result<images::RawManifest>& raw) {
        if (!raw && place.may_be_absent && raw.error().kind == Error::Kind::not_found) return;
        if (!raw)
            return note_unknown("`" + place.name.tag_or_digest +
                                "` could not be read: " + to_string(raw.error()));
        const auto document =
            oci::parse_document(place.name.tag_or_digest, raw->descriptor.media_type, raw->bytes);
        if (!document) return note_unknown(to_string(document.error()));
        const oci::Manifest* const manifest = std::get_if<oci::Manifest>(&*document);
        if (manifest == nullptr) return;
        Attachment signature = at(place);
        signature.kind = Attachment::Kind::signature;
        signature.signatures = static_cast<std::size_t>(std::ranges::count(
            manifest->layers, simple_signing_type, &oci::Descriptor::media_type));
        if (signature.signatures > 0) image_.attachments.push_back(std::move(signature));
        std::vector<oci::Descriptor> layers;
        std::ranges::copy_if(manifest->layers, std::back_inserter(layers), is_worth_reading);
        if (layers.size() > attachments_max) {
            layers.erase(layers.begin() + attachments_max, layers.end());
            note_unknown("`" + place.name.tag_or_digest + "` has more layers than are read");
        }
        const auto blobs = store_.read_blobs(repository_, layers);
        for (std::size_t i = 0; i < layers.size(); ++i)
            image_.attachments.push_back(read_layer(place, layers[i], blobs[i]));
    }

    Attachment read_layer(const Place& place, const oci::Descriptor& layer,
                          const Result<std::string>& blob) const {
        Attachment attachment = at(place);
        attachment.type = layer.media_type;
        const Result<void> read = blob ? read_statement(layer, *blob, attachment)
                                       : Result<void>(std::unexpected(blob.error()));
        if (!read) attachment.reason = to_string(read.error());
        return attachment;
    }

    static Result<void> read_statement(const oci::Descriptor& layer, const std::string& bytes,
                                       Attachment& attachment) {
        std::string text = bytes;
        if (layer.media_type != in_toto_type) {
            trace::Envelope envelope = TRY(trace::parse_envelope(layer.digest.str(), bytes));
            attachment.signatures = envelope.signatures;
            text = std::move(envelope.payload);
        }
        attachment.statement = TRY(trace::parse_statement(layer.digest.str(), text));
        if (attachment.statement->predicate_type == cosign_signature)
            attachment.kind = Attachment::Kind::signature;
        else if (!attachment.statement->predicate_type.contains("provenance"))
            attachment.kind = Attachment::Kind::other;
        return {};
    }

    trace::TracedImage& image_;
    images::Store& store_;
    const std::string& repository_;
    std::vector<Place> places_;
    std::set<std::string> known_;
};

}  // namespace

void read_attachments(trace::TracedImage& image, images::Store& store,
                      const std::string& repository) {
    Reader(image, store, repository).read();
}

}  // namespace lockstep::workspace
