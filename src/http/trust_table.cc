#include "http/trust_table.h"

namespace lockstep::http {

Result<const Trust*> TrustTable::find(const std::string& host_port) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = found_.find(host_port); found != found_.end()) return found->second;
    if (!system_) system_ = system_trust();
    const Tls tls = tls_for_ ? tls_for_(host_port) : Tls{};
    const Trust* trust = &*system_;
    if (tls != Tls{})
        trust = &hosts_.insert_or_assign(host_port, TRY(with(*system_, tls))).first->second;
    found_[host_port] = trust;
    return trust;
}

}  // namespace lockstep::http
