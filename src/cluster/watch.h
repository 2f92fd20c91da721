#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cluster/api.h"
#include "cluster/list.h"
#include "http/message.h"
#include "json/value.h"

namespace lockstep::cluster {

/// What a watch says: newline-delimited JSON, `{"type": …, "object": …}`
/// (kubernetes.io/docs/reference/using-api/api-concepts, "Efficient detection of changes").
struct WatchEvent {
    enum class Type { added, modified, deleted, bookmark };
    Type type = Type::added;
    json::Value object;   // of a bookmark only its metadata
    std::string version;  // resourceVersion: from which a watch goes on
};

/// Takes a watch apart as it comes, whole lines at a time. An event of type ERROR ends it with what
/// its Status says: `conflict` where the version that was asked for has passed (410).
class WatchReader final : public http::Sink {
  public:
    using Take = std::function<Result<void>(WatchEvent event)>;

    /// `wanted`: of each object; borrowed, as the names in it.
    WatchReader(const json::Wanted& wanted, Take take);

    Result<bool> write(std::string_view bytes) override;

  private:
    Result<void> read_line(std::string_view line);

    json::Wanted wanted_;
    Take take_;
    std::string rest_;  // of a line whose end has not come yet
};
inline constexpr std::size_t line_bytes_max = 16u << 20;

struct Watching {
    std::string version;            // from which on
    std::chrono::seconds duration;  // after which the server ends it
    std::stop_token stop = {};
};
/// Watches until the server ends it, which is success. Errors: of Api, of the reader, of `take`.
Result<void> watch(Api& api, const Resource& resource, const Watching& watching,
                   const WatchReader::Take& take);

}  // namespace lockstep::cluster
