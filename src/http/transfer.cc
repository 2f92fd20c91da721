#include "http/transfer.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "http/address_guard.h"
#include "http/failure.h"

namespace lockstep::http {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr long stream_buffer_bytes = 512L << 10;
constexpr long memory_buffer_bytes = 64L << 10;

template <typename Value>
void set(void* easy, CURLoption option, Value value) {
    CHECK(curl_easy_setopt(easy, option, value) == CURLE_OK);
}

const char* or_null(const std::string& text) {
    return text.empty() ? nullptr : text.c_str();
}

bool is_success(int status) {
    return status >= 200 && status < 300;
}

std::unexpected<Error> refuse_private() {
    return fail(Error::Kind::denied, "it leads to an address that is not public",
                "only addresses that the user names may lead into a private network, unless "
                "--allow-private says so");
}

/// All that can be judged where a proxy looks names up.
Result<void> judge_name(const std::string& host) {
    if (is_local_name(host) || (is_address(host) && !is_public(host))) return refuse_private();
    return {};
}

}  // namespace

struct Transfer::Callbacks {
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        ++*transfer.moved_;
        transfer.received_ += size * count;
        Result<void> taken = transfer.reader_.take({data, size * count});
        if (taken) return size * count;
        transfer.failure_ = std::move(taken).error();
        return CURL_WRITEFUNC_ERROR;
    }

    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
        auto& transfer = *static_cast<Transfer*>(self);
        const std::string_view bytes(data, size * count);
        const bool is_for_sink =
            transfer.request_->sink != nullptr && is_success(transfer.reader_.status());
        return is_for_sink ? transfer.give_sink(bytes) : transfer.keep(bytes);
    }

    static std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* self) {
        return static_cast<Transfer*>(self)->read_source(buffer, size * count);
    }

    static int on_seek(void* self, curl_off_t offset, int origin) {
        auto& transfer = *static_cast<Transfer*>(self);
        if (offset != 0 || origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
        if (transfer.sent_ > 0 && !transfer.request_->source->rewind())
            return CURL_SEEKFUNC_CANTSEEK;
        transfer.sent_ = 0;
        return CURL_SEEKFUNC_OK;
    }

    static curl_socket_t on_open(void* self, curlsocktype, curl_sockaddr* address) {
        auto& transfer = *static_cast<Transfer*>(self);
        if (transfer.is_judged_ && !is_public(address->addr)) {
            transfer.refused_address_ = true;
            return CURL_SOCKET_BAD;
        }
        // Programs that are started meanwhile must not inherit it.
        const int socket =
            ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
        if (socket < 0) return CURL_SOCKET_BAD;
        transfer.opened_socket_ = true;
        transfer.multi_->opened(socket);
        return socket;
    }

    static int on_close(void* multi, curl_socket_t socket) {
        return static_cast<Multi*>(multi)->close(socket);
    }

    /// Called before each time that the request is sent, also over a connection that is reused: it
    /// may have been opened for a request that might go anywhere.
    static int on_connected(void* self, char* address, char*, int, int) {
        auto& transfer = *static_cast<Transfer*>(self);
        if (transfer.is_judged_ && !is_public(std::string(address))) {
            transfer.refused_address_ = true;
            transfer.opened_socket_ = false;
            return CURL_PREREQFUNC_ABORT;
        }
        // libcurl sends it again where a reused connection ends without an answer; whether the
        // server acted on it by then, nobody knows.
        if (++transfer.times_sent_ == 1 || transfer.may_repeat_) return CURL_PREREQFUNC_OK;
        transfer.failure_ = failure_of({.code = CURLE_GOT_NOTHING}).error;
        return CURL_PREREQFUNC_ABORT;
    }
};

Transfer::Transfer(Kind kind, Multi& multi, std::uint64_t& moved, const Options& options)
    : kind_(kind),
      multi_(&multi),
      moved_(&moved),
      options_(&options),
      easy_(curl_easy_init()),
      said_(CURL_ERROR_SIZE, '\0'),
      reader_(options.header_bytes_max) {
    CHECK(easy_ != nullptr);
    set_fixed_options();
}

Transfer::~Transfer() {
    curl_easy_cleanup(easy_);
}

Transfer& Transfer::of(void* easy) {
    char* self = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &self);
    CHECK(self != nullptr);
    return *static_cast<Transfer*>(static_cast<void*>(self));
}

void Transfer::set_fixed_options() {
    set(easy_, CURLOPT_PRIVATE, this);
    set(easy_, CURLOPT_ERRORBUFFER, said_.data());
    set(easy_, CURLOPT_NOSIGNAL, 1L);
    set(easy_, CURLOPT_QUICK_EXIT, 1L);  // a name that is still looked up holds nobody up
    set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy_, CURLOPT_FOLLOWLOCATION, 0L);  // see redirect.h
    set(easy_, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(easy_, CURLOPT_PATH_AS_IS, 1L);
    set(easy_, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    set(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(easy_, CURLOPT_USERAGENT, options_->user_agent.c_str());
    set(easy_, CURLOPT_NOPROXY, "");  // see proxies.h
    set(easy_, CURLOPT_TCP_NODELAY, 1L);
    set(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
    set(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(easy_, CURLOPT_HEADERFUNCTION, Callbacks::on_header);
    set(easy_, CURLOPT_HEADERDATA, this);
    set(easy_, CURLOPT_WRITEFUNCTION, Callbacks::on_body);
    set(easy_, CURLOPT_WRITEDATA, this);
    set(easy_, CURLOPT_READFUNCTION, Callbacks::on_read);
    set(easy_, CURLOPT_READDATA, this);
    set(easy_, CURLOPT_SEEKFUNCTION, Callbacks::on_seek);
    set(easy_, CURLOPT_SEEKDATA, this);
    set(easy_, CURLOPT_OPENSOCKETFUNCTION, Callbacks::on_open);
    set(easy_, CURLOPT_OPENSOCKETDATA, this);
    // The connection may outlive this transfer.
    set(easy_, CURLOPT_CLOSESOCKETFUNCTION, Callbacks::on_close);
    set(easy_, CURLOPT_CLOSESOCKETDATA, multi_);
    set(easy_, CURLOPT_PREREQFUNCTION, Callbacks::on_connected);
    set(easy_, CURLOPT_PREREQDATA, this);
    if (kind_ == Kind::stream) {
        set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        set(easy_, CURLOPT_BUFFERSIZE, stream_buffer_bytes);
        set(easy_, CURLOPT_UPLOAD_BUFFERSIZE, stream_buffer_bytes);
    } else {
        set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        // The first of many connections to a host tells whether one is enough.
        set(easy_, CURLOPT_PIPEWAIT, 1L);
        set(easy_, CURLOPT_BUFFERSIZE, memory_buffer_bytes);
    }
}

Result<void> Transfer::start(const Exchange& exchange, const Route& route) {
    request_ = &exchange.request();
    reader_ = HeaderReader(options_->header_bytes_max);
    body_.clear();
    failure_.reset();
    said_[0] = '\0';
    refused_address_ = opened_socket_ = is_paused_ = began_sink_ = touched_sink_ = false;
    received_ = sent_ = 0;
    times_sent_ = 0;
    may_repeat_ = exchange.is_repeatable();
    window_ = {steady_clock::now(), 0};
    set_body(*request_);
    set_route(exchange, route);
    TRY(set_address(exchange, route));
    if (exchange.is_guarded() && !is_judged_) TRY(judge_name(exchange.url().host()));
    set_limits(exchange);
    multi_->add(easy_);
    return {};
}

void Transfer::set_body(const Request& request) {
    const bool has_body = request.method != Method::get && request.method != Method::head &&
                          (request.method != Method::remove || !request.body.empty());
    if (request.source != nullptr) {
        set(easy_, CURLOPT_UPLOAD, 1L);
        set(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body_bytes));
    } else if (has_body) {
        set(easy_, CURLOPT_POSTFIELDS, request.body.data());
        set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(easy_, CURLOPT_POST, 1L);
    } else {
        set(easy_, CURLOPT_HTTPGET, 1L);
        if (request.method == Method::head) set(easy_, CURLOPT_NOBODY, 1L);
    }
    const bool is_named = request.method != Method::get && request.method != Method::head;
    set(easy_, CURLOPT_CUSTOMREQUEST, is_named ? to_string(request.method).data() : nullptr);
}

void Transfer::set_route(const Exchange& exchange, const Route& route) {
    is_judged_ = exchange.is_guarded() && route.proxy.empty();
    set(easy_, CURLOPT_PROXY, std::string(route.proxy).c_str());
    if (route.trust != nullptr && route.trust != trust_) set_trust(*route.trust);
}

/// libcurl asks for the certificate of the host in the URL: where that is to be another one, the
/// URL says so, and the connection leads to the host all the same.
Result<void> Transfer::set_address(const Exchange& exchange, const Route& route) {
    const Url& url = exchange.url();
    const bool is_renamed = route.trust != nullptr && !route.trust->server_name.empty();
    Headers headers = exchange.headers();
    std::string address = url.str();
    if (is_renamed) {
        headers.add("Host", url.authority());
        address =
            "https://" + route.trust->server_name + ":" + std::to_string(url.port()) + url.target();
        connect_to_ = "::" + url.host_port();
    }
    TRY(header_list_.set(headers));
    set(easy_, CURLOPT_HTTPHEADER, header_list_.first());
    connect_list_ = {{connect_to_.data(), nullptr}};
    set(easy_, CURLOPT_CONNECT_TO, is_renamed ? connect_list_.data() : nullptr);
    set(easy_, CURLOPT_URL, address.c_str());
    return {};
}

void Transfer::set_trust(const Trust& trust) {
    trust_ = &trust;
    const auto set_text = [&](CURLoption option, const std::string& text) {
        curl_blob blob = {
            .data = const_cast<char*>(text.data()), .len = text.size(), .flags = CURL_BLOB_NOCOPY};
        set(easy_, option, text.empty() ? nullptr : &blob);
    };
    set_text(CURLOPT_SSLCERT_BLOB, trust.certificate_text);
    set_text(CURLOPT_SSLKEY_BLOB, trust.key_text);
    set(easy_, CURLOPT_SSL_VERIFYPEER, trust.is_verified ? 1L : 0L);
    set(easy_, CURLOPT_SSL_VERIFYHOST, trust.is_verified ? 2L : 0L);
    set_text(CURLOPT_CAINFO_BLOB, trust.bundle);
    set_text(CURLOPT_PROXY_CAINFO_BLOB, trust.bundle);
    set(easy_, CURLOPT_CAINFO, or_null(trust.file));
    set(easy_, CURLOPT_CAPATH, or_null(trust.directory));
    set(easy_, CURLOPT_SSLCERT, or_null(trust.certificate));
    set(easy_, CURLOPT_SSLKEY, or_null(trust.key));
    set(easy_, CURLOPT_PROXY_CAINFO, or_null(trust.file));
    set(easy_, CURLOPT_PROXY_CAPATH, or_null(trust.directory));
}

void Transfer::set_limits(const Exchange& exchange) {
    milliseconds connect = options_->connect_timeout;
    milliseconds all{0};  // none
    if (exchange.until()) {
        all = std::chrono::ceil<milliseconds>(*exchange.until() - steady_clock::now());
        all = std::max(all, milliseconds(1));
        connect = std::min(connect, all);
    }
    set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect.count()));
    set(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(all.count()));
}

std::size_t Transfer::give_sink(std::string_view bytes) {
    if (!std::exchange(began_sink_, true)) {
        Result<void> begun = request_->sink->begin(reader_.status(), reader_.headers());
        if (!begun) {
            failure_ = std::move(begun).error();
            return CURL_WRITEFUNC_ERROR;
        }
    }
    Result<bool> taken = request_->sink->write(bytes);
    if (!taken) {
        failure_ = std::move(taken).error();
        return CURL_WRITEFUNC_ERROR;
    }
    if (!*taken) {
        pause();
        return CURL_WRITEFUNC_PAUSE;
    }
    touched_sink_ = true;
    received_ += bytes.size();
    ++*moved_;
    return bytes.size();
}

std::size_t Transfer::keep(std::string_view bytes) {
    if (bytes.size() > request_->body_bytes_max - body_.size()) {
        failure_ = Error{Error::Kind::invalid,
                         "a body of more than " + std::to_string(request_->body_bytes_max) +
                             " bytes, where none that large is expected",
                         {},
                         {}};
        return CURL_WRITEFUNC_ERROR;
    }
    body_.append(bytes);
    received_ += bytes.size();
    ++*moved_;
    return bytes.size();
}

std::size_t Transfer::read_source(char* buffer, std::size_t capacity) {
    const std::uint64_t left = request_->body_bytes - sent_;
    if (left == 0) return 0;
    capacity = static_cast<std::size_t>(std::min<std::uint64_t>(capacity, left));
    Result<std::size_t> count = request_->source->read(buffer, capacity);
    if (!count) {
        failure_ = std::move(count).error();
        return CURL_READFUNC_ABORT;
    }
    if (*count == 0) {
        pause();
        return CURL_READFUNC_PAUSE;
    }
    sent_ += *count;
    ++*moved_;
    return *count;
}

void Transfer::pause() {
    is_paused_ = true;
    paused_at_ = *moved_;
}

int Transfer::resume() {
    is_paused_ = false;
    return curl_easy_pause(easy_, CURLPAUSE_CONT);
}

std::uint64_t Transfer::bytes_moved() const {
    curl_off_t uploaded = 0;
    curl_easy_getinfo(easy_, CURLINFO_SIZE_UPLOAD_T, &uploaded);
    return received_ + static_cast<std::uint64_t>(uploaded);
}

bool Transfer::is_stalled(steady_clock::time_point now) {
    const std::uint64_t bytes = bytes_moved();
    const auto least = static_cast<std::uint64_t>(options_->stall_timeout.count());
    if (is_paused_ || bytes > window_.bytes + least) {
        window_ = {now, bytes};
        return false;
    }
    // Behind the last byte of a request the server has work to do, which is no body that stalls.
    const std::uint64_t body_bytes =
        request_->source != nullptr ? request_->body_bytes : request_->body.size();
    const bool awaits_answer = reader_.status() == 0 && bytes >= body_bytes;
    const milliseconds patience =
        awaits_answer ? std::max<milliseconds>(options_->exchange_timeout, options_->stall_timeout)
                      : options_->stall_timeout;
    return now - window_.begin > patience;
}

Outcome Transfer::outcome(Result<Response> response, bool may_mend) const {
    long version = 0;
    curl_easy_getinfo(easy_, CURLINFO_HTTP_VERSION, &version);
    return {.response = std::move(response),
            .may_mend = may_mend,
            .touched_sink = touched_sink_,
            .touched_source = request_->source != nullptr && sent_ > 0,
            .multiplexes = version >= CURL_HTTP_VERSION_2_0};
}

Outcome Transfer::finish(int code) {
    multi_->remove(easy_);
    if (failure_) return outcome(std::unexpected(*std::move(failure_)), false);
    if (code != CURLE_OK && refused_address_ && !opened_socket_)
        return outcome(refuse_private(), false);
    // libcurl takes a head that was cut for a whole one.
    if (code == CURLE_OK && !reader_.is_complete()) code = CURLE_RECV_ERROR;
    if (code != CURLE_OK) {
        long system_error = 0;
        curl_easy_getinfo(easy_, CURLINFO_OS_ERRNO, &system_error);
        Failure failure = failure_of({.code = code,
                                      .said = said_.c_str(),
                                      .system_error = system_error,
                                      .host_port = request_->url.host_port()});
        return outcome(std::unexpected(std::move(failure.error)), failure.may_mend);
    }
    return outcome(Response{.status = reader_.status(),
                            .headers = std::move(reader_.headers()),
                            .body = std::move(body_),
                            .url = request_->url},
                   false);
}

Outcome Transfer::abandon(Error error, bool may_mend) {
    multi_->remove(easy_);
    return outcome(std::unexpected(std::move(error)), may_mend);
}

}  // namespace lockstep::http
