#include "http/multi.h"

#include <curl/curl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace lockstep::http {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr long kept_connections = 64;

CURLM* new_multi() {
    // Once, and not at program load: most commands need no network.
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(started == CURLE_OK);
    CURLM* multi = curl_multi_init();
    CHECK(multi != nullptr);
    return multi;
}

int select_bits(std::uint32_t events) {
    int bits = 0;
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) bits |= CURL_CSELECT_IN;
    if ((events & (EPOLLOUT | EPOLLERR)) != 0) bits |= CURL_CSELECT_OUT;
    return bits;
}

}  // namespace

struct Multi::Callbacks {
    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
        std::uint32_t events = 0;
        if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
        if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
        static_cast<Multi*>(self)->want(socket, events);
        return 0;
    }

    static int on_timer(CURLM*, long timeout_ms, void* self) {
        auto& timer = static_cast<Multi*>(self)->timer_;
        timer.reset();
        if (timeout_ms >= 0) timer = steady_clock::now() + milliseconds(timeout_ms);
        return 0;
    }
};

Multi::Multi() : multi_(new_multi()), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    CHECK(epoll_);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, Callbacks::on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, Callbacks::on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kept_connections);
}

Multi::~Multi() {
    curl_multi_cleanup(multi_);
}

void Multi::limit_connections(unsigned per_host) {
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(per_host));
}

void Multi::add(void* easy) {
    CHECK(curl_multi_add_handle(multi_, easy) == CURLM_OK);
}

void Multi::remove(void* easy) {
    CHECK(curl_multi_remove_handle(multi_, easy) == CURLM_OK);
}

Multi::Watch& Multi::watch(int socket) {
    const auto at = static_cast<std::size_t>(socket);
    if (watches_.size() <= at) watches_.resize(at + 1);
    return watches_[at];
}

void Multi::opened(int socket) {
    watch(socket) = {.is_ours = true};
}

int Multi::close(int socket) {
    want(socket, 0);
    tell_kernel(socket);
    watch(socket).is_ours = false;
    return ::close(socket);
}

void Multi::want(int socket, std::uint32_t events) {
    Watch& changed = watch(socket);
    changed.wanted = events;
    // The resolver's own sockets are closed without a word behind this, and their number may be
    // another socket's a moment later.
    if (events == 0 && !changed.is_ours) return tell_kernel(socket);
    if (changed.is_changed) return;
    changed.is_changed = true;
    changed_.push_back(socket);
}

void Multi::tell_kernel(int socket) {
    Watch& changed = watch(socket);
    if (changed.wanted == changed.registered) return;
    const int operation = changed.wanted == 0       ? EPOLL_CTL_DEL
                          : changed.registered == 0 ? EPOLL_CTL_ADD
                                                    : EPOLL_CTL_MOD;
    epoll_event event = {.events = changed.wanted, .data = {.fd = socket}};
    ::epoll_ctl(epoll_.number(), operation, socket, &event);
    changed.registered = changed.wanted;
}

void Multi::tell_kernel() {
    for (const int socket : changed_) {
        watch(socket).is_changed = false;
        tell_kernel(socket);
    }
    changed_.clear();
}

int Multi::wait_ms(milliseconds patience) const {
    if (timer_)
        patience =
            std::min(patience, std::chrono::ceil<milliseconds>(*timer_ - steady_clock::now()));
    return static_cast<int>(std::max(patience, milliseconds(0)).count());
}

const std::vector<Multi::Finished>& Multi::run(milliseconds patience) {
    std::array<epoll_event, 64> events;
    tell_kernel();
    const int count =
        ::epoll_wait(epoll_.number(), events.data(), events.size(), wait_ms(patience));
    int running = 0;
    for (int at = 0; at < count; ++at) {
        const epoll_event& event = events[static_cast<std::size_t>(at)];
        curl_multi_socket_action(multi_, event.data.fd, select_bits(event.events), &running);
    }
    if (timer_ && *timer_ <= steady_clock::now()) {
        timer_.reset();
        curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    finished_.clear();
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left))
        if (message->msg == CURLMSG_DONE)
            finished_.push_back({message->easy_handle, message->data.result});
    return finished_;
}

}  // namespace lockstep::http
