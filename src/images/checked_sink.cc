#include "images/checked_sink.h"

#include <algorithm>

namespace lockstep::images {

namespace {
constexpr int partial_content = 206;
}  // namespace

CheckedSink::CheckedSink(const oci::Descriptor& blob, std::uint64_t from, http::Sink& behind)
    : blob_(blob), from_(from), behind_(&behind), hasher_(blob.digest.algorithm()) {}

Result<void> CheckedSink::begin(int status, const http::Headers& headers) {
    at_ = status == partial_content ? from_ : 0;
    return behind_->begin(status, headers);
}

Result<bool> CheckedSink::write(std::string_view bytes) {
    if (bytes.size() > blob_.size - at_) return wrong("is longer than announced");
    const std::size_t unwanted =
        at_ < from_ ? static_cast<std::size_t>(std::min<std::uint64_t>(from_ - at_, bytes.size()))
                    : 0;
    const std::string_view wanted = bytes.substr(unwanted);
    if (!wanted.empty() && !TRY(behind_->write(wanted))) return false;
    if (from_ == 0) hasher_.update(bytes);
    at_ += bytes.size();
    return true;
}

Result<void> CheckedSink::finish() {
    if (at_ != blob_.size) return wrong("is shorter than announced");
    if (from_ == 0 && hasher_.finish() != blob_.digest.hex()) return wrong("has other content");
    return {};
}

std::unexpected<Error> CheckedSink::wrong(std::string_view what) const {
    return fail(Error::Kind::corrupt, "blob " + blob_.digest.str() + ' ' + std::string(what),
                "what sent it changes what it stores: do not use it");
}

}  // namespace lockstep::images
