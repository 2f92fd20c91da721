#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/hasher.h"
#include "http/message.h"
#include "oci/manifest.h"

namespace lockstep::images {

/// Passes a blob on while it checks it: its size always, its digest where it came whole. Borrows
/// the sink behind it.
class CheckedSink final : public http::Sink {
  public:
    /// `from`: the bytes before are not wanted, whether the server leaves them out (206) or not.
    CheckedSink(const oci::Descriptor& blob, std::uint64_t from, http::Sink& behind);

    Result<void> begin(int status, const http::Headers& headers) override;
    Result<bool> write(std::string_view bytes) override;
    /// Once all has come: `corrupt` where it is not what the digest names, or too short.
    Result<void> finish();

  private:
    std::unexpected<Error> wrong(std::string_view what) const;

    oci::Descriptor blob_;
    std::uint64_t from_;
    std::uint64_t at_ = 0;  // of the next byte within the blob
    http::Sink* behind_;
    crypto::Hasher hasher_;
};

}  // namespace lockstep::images
