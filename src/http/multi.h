#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "os/descriptor.h"

namespace lockstep::http {

/// libcurl's multi interface on epoll: runs easy handles side by side on the calling thread, and
/// keeps their connections for the next ones. Handles are CURL*, which package headers must name.
///
/// libcurl announces each socket when a request begins and takes it back when it ends. Both come
/// between two waits where a connection is reused at once, so the kernel is told just before it is
/// asked to wait, and mostly there is nothing to tell.
class Multi {
  public:
    Multi();
    ~Multi();
    Multi(const Multi&) = delete;
    Multi& operator=(const Multi&) = delete;

    /// 0: as many as there are requests.
    void limit_connections(unsigned per_host);

    void add(void* easy);
    void remove(void* easy);

    struct Finished {
        void* easy;
        int code;  // CURLcode
    };
    /// Moves what can be moved, after waiting at most so long for something to happen. What is
    /// finished is still to be removed. Valid until the next call.
    const std::vector<Finished>& run(std::chrono::milliseconds patience);

    /// A socket that libcurl is about to use; to be closed by `close`.
    void opened(int socket);
    int close(int socket);

  private:
    struct Callbacks;
    struct Watch {
        std::uint32_t wanted = 0, registered = 0;  // EPOLLIN, EPOLLOUT
        bool is_ours = false;                      // opened and closed through this class
        bool is_changed = false;
    };

    Watch& watch(int socket);
    void want(int socket, std::uint32_t events);
    void tell_kernel(int socket);
    void tell_kernel();
    int wait_ms(std::chrono::milliseconds patience) const;

    void* multi_;
    os::Descriptor epoll_;
    std::vector<Watch> watches_;  // by socket
    std::vector<int> changed_;
    std::optional<std::chrono::steady_clock::time_point> timer_;
    std::vector<Finished> finished_;
};

}  // namespace lockstep::http
