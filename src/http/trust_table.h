#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/trust.h"

namespace lockstep::http {

/// The trust for each host, looked up once. Thread-safe.
class TrustTable {
  public:
    /// `tls_for`: as in Options; may be empty.
    explicit TrustTable(std::function<Tls(std::string_view host_port)> tls_for)
        : tls_for_(std::move(tls_for)) {}

    /// Valid as long as this table.
    Result<const Trust*> find(const std::string& host_port);

  private:
    std::mutex mutex_;
    std::function<Tls(std::string_view)> tls_for_;
    std::optional<Trust> system_;
    std::map<std::string, Trust> hosts_;  // those that differ from the system's
    std::map<std::string, const Trust*> found_;
};

}  // namespace lockstep::http
