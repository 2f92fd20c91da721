#include "images/upload.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "images/registry_error.h"

namespace lockstep::images {

namespace {

constexpr int accepted = 202;
constexpr int created = 201;
constexpr int no_content = 204;
constexpr int range_not_satisfiable = 416;
constexpr unsigned tries_per_piece = 4;
constexpr unsigned beginnings_max = 3;
constexpr std::chrono::milliseconds pause_first{200};

/// Bytes in memory, borrowed.
class MemorySource final : public http::Source {
  public:
    explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
    Result<std::size_t> read(char* buffer, std::size_t capacity) override {
        const std::size_t count = bytes_.copy(buffer, capacity, at_);
        at_ += count;
        return count;
    }
    bool rewind() override {
        at_ = 0;
        return true;
    }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

/// Fills `buffer` from `source`, which may have to be asked several times.
Result<void> fill(std::span<char> buffer, http::Source& source) {
    while (!buffer.empty()) {
        const std::size_t count = TRY(source.read(buffer.data(), buffer.size()));
        if (count == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        buffer = buffer.subspan(count);
    }
    return {};
}

/// One upload session: where the next bytes go.
class Session {
  public:
    Session(const Registry::State& registry, std::string_view repository,
            const oci::Descriptor& blob, std::string doing)
        : registry_(registry), repository_(repository), blob_(blob), doing_(std::move(doing)) {}

    Result<void> begin() {
        Call call = registry_.writing(http::Method::post, repository_, "blobs/uploads/");
        call.request.is_repeatable = true;  // a session that nobody goes on with is forgotten
        const http::Response response = TRY(registry_.origin->send(call), doing_);
        if (response.status != accepted && response.status != created)
            return std::unexpected(error_of(response, doing_));
        return move_to(response);
    }

    Result<void> put_whole(http::Source& source) {
        Call call = at_location(http::Method::put);
        call.request.url = location_->with_query("digest", blob_.digest.str());
        call.request.source = &source;
        call.request.body_bytes = blob_.size;
        // docker-registry 2.8 knows no upload any more that was cut: another one has to begin.
        call.request.is_repeatable = false;
        return end(TRY(registry_.origin->send(call), doing_));
    }

    Result<void> put_in_pieces(http::Source& source) {
        std::vector<char> buffer(registry_.options.piece_bytes);
        for (std::uint64_t done = 0; done < blob_.size;) {
            const auto size =
                static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), blob_.size - done));
            TRY(fill(std::span(buffer).first(size), source), doing_);
            TRY(send_piece(std::string_view(buffer.data(), size), done));
            done += size;
        }
        Call call = at_location(http::Method::put);
        call.request.url = location_->with_query("digest", blob_.digest.str());
        return end(TRY(registry_.origin->send(call), doing_));
    }

    /// Where a registry does not take it back, it forgets the session by itself.
    void cancel() {
        const auto unheeded = registry_.origin->send(at_location(http::Method::remove));
        static_cast<void>(unheeded);
    }

  private:
    Call at_location(http::Method method) const {
        Call call = registry_.writing(method, repository_, "blobs/uploads/");
        call.request.url = *location_;
        call.request.headers.add("Content-Type", "application/octet-stream");
        // Where a registry sends an upload elsewhere, it is the registry who says so.
        if (!location_->has_origin_of(registry_.origin->base())) call.request.is_trusted = false;
        return call;
    }

    Result<void> move_to(const http::Response& response) {
        const std::string* const location = response.headers.find("Location");
        if (location == nullptr)
            return fail(Error::Kind::invalid,
                        doing_ + ": " + response.url.authority() + " does not say where to go on");
        http::Url url = TRY(response.url.resolve(*location), doing_);
        if (registry_.origin->base().is_secure() && !url.is_secure())
            return fail(Error::Kind::denied,
                        doing_ + ": " + response.url.authority() + " leads to plain HTTP");
        location_ = std::move(url);
        return {};
    }

    Result<void> end(const http::Response& response) const {
        if (response.status == created || response.status == no_content) return check(response);
        return std::unexpected(error_of(response, doing_));
    }

    /// What the registry says that it took.
    Result<void> check(const http::Response& response) const {
        const std::string* const taken = response.headers.find("Docker-Content-Digest");
        if (taken == nullptr || *taken == blob_.digest.str()) return {};
        return fail(Error::Kind::corrupt,
                    doing_ + ": " + response.url.authority() + " took other bytes for it");
    }

    /// Sends the bytes that begin at `first` of the blob; after a failure those that the registry
    /// does not have yet.
    Result<void> send_piece(std::string_view bytes, std::uint64_t first) {
        std::size_t sent = 0;
        auto pause = pause_first;
        for (unsigned attempt = 1; sent < bytes.size(); ++attempt) {
            Result<void> result = patch(bytes.substr(sent), first + sent);
            if (result) return {};
            const bool may_help = result.error().kind == Error::Kind::unavailable;
            if (!may_help || attempt == tries_per_piece) return result;
            std::this_thread::sleep_for(pause);
            pause *= 2;
            // docker-registry 2.8 knows no upload any more that was cut inside a request.
            const Result<std::optional<std::uint64_t>> kept = kept_bytes();
            if (!kept || !*kept || **kept < first || **kept > first + bytes.size()) return result;
            sent = static_cast<std::size_t>(**kept - first);
        }
        return {};
    }

    Result<void> patch(std::string_view bytes, std::uint64_t first) {
        MemorySource source(bytes);
        Call call = at_location(http::Method::patch);
        call.request.headers.add("Content-Range", std::to_string(first) + '-' +
                                                      std::to_string(first + bytes.size() - 1));
        call.request.source = &source;
        call.request.body_bytes = bytes.size();
        const http::Response response = TRY(registry_.origin->send(call), doing_);
        if (response.status != accepted && response.status != no_content) {
            Error error = error_of(response, doing_);
            // It took more or less than we know of: it has to be asked.
            if (response.status == range_not_satisfiable) error.kind = Error::Kind::unavailable;
            return std::unexpected(std::move(error));
        }
        TRY(move_to(response));
        const std::optional<std::uint64_t> kept = end_of_range(response);
        // docker-registry ignores Content-Range: what it has is all that tells.
        if (kept && *kept != first + bytes.size())
            return fail(Error::Kind::unavailable, doing_ + ": the registry has " +
                                                      std::to_string(*kept) + " bytes of " +
                                                      std::to_string(first + bytes.size()));
        return {};
    }

    /// How many bytes the registry has; nothing where it does not say.
    Result<std::optional<std::uint64_t>> kept_bytes() {
        const http::Response response =
            TRY(registry_.origin->send(at_location(http::Method::get)), doing_);
        if (response.status != no_content && response.status != 200)
            return std::unexpected(error_of(response, doing_));
        if (response.headers.find("Location") != nullptr) TRY(move_to(response));
        return end_of_range(response);
    }

    /// 6 of "Range: 0-5"; an empty upload is "0-0" too.
    static std::optional<std::uint64_t> end_of_range(const http::Response& response) {
        const std::string* const field = response.headers.find("Range");
        if (field == nullptr) return std::nullopt;
        std::string_view range = *field;
        if (range.starts_with("bytes=")) range.remove_prefix(6);
        if (!range.starts_with("0-")) return std::nullopt;
        range.remove_prefix(2);
        std::uint64_t last = 0;
        const auto [stop, error] = std::from_chars(range.data(), range.data() + range.size(), last);
        if (error != std::errc() || stop != range.data() + range.size()) return std::nullopt;
        return last == 0 ? 0 : last + 1;
    }

    const Registry::State& registry_;
    std::string repository_;
    const oci::Descriptor& blob_;
    std::string doing_;
    std::optional<http::Url> location_;
};

}  // namespace

Result<void> upload_blob(const Registry::State& registry, std::string_view repository,
                         const oci::Descriptor& blob, http::Source& source) {
    for (unsigned beginning = 1;; ++beginning) {
        Session session(registry, repository, blob, "uploading blob " + blob.digest.str());
        TRY(session.begin());
        Result<void> result = blob.size <= registry.options.whole_bytes_max
                                  ? session.put_whole(source)
                                  : session.put_in_pieces(source);
        if (result || result.error().kind != Error::Kind::unavailable) return result;
        if (beginning == beginnings_max || !source.rewind()) return result;
    }
}

Result<void> begin_and_cancel_upload(const Registry::State& registry, std::string_view repository) {
    const oci::Descriptor nothing{.media_type = {}, .digest = oci::Digest::of(""), .size = 0};
    Session session(registry, repository, nothing,
                    "beginning an upload to " + registry.title + '/' + std::string(repository));
    TRY(session.begin());
    session.cancel();
    return {};
}

}  // namespace lockstep::images
