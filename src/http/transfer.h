#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/exchange.h"
#include "http/header_list.h"
#include "http/header_reader.h"
#include "http/multi.h"
#include "http/trust.h"

namespace lockstep::http {

/// What an attempt needs beside its exchange.
struct Route {
    std::string_view proxy = {};   // as libcurl takes it; empty: none
    const Trust* trust = nullptr;  // for https; kept as long as the transfer
};

/// An easy handle of libcurl: one attempt at an exchange at a time, then the next. Its options
/// stand, so that only what differs is set again.
class Transfer {
  public:
    /// Streams have large buffers and speak HTTP/1.1: in HTTP/2 one that waits for its sink would
    /// hold up all others of its connection, and libcurl would collect what is under way for it.
    enum class Kind : std::uint8_t { message, stream };

    /// `moved` counts whatever moves, of all transfers that run together.
    Transfer(Kind kind, Multi& multi, std::uint64_t& moved, const Options& options);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Begins an attempt; the multi handle runs it. Errors end the attempt before it began.
    Result<void> start(const Exchange& exchange, const Route& route);
    /// How it ended, with what libcurl said (a CURLcode).
    Outcome finish(int code);
    /// Ends it before its end, for another reason.
    Outcome abandon(Error error, bool may_mend);

    /// Whether a sink or a source let it wait, and something moved since then.
    bool may_resume() const { return is_paused_ && paused_at_ != *moved_; }
    bool is_paused() const { return is_paused_; }
    /// A CURLcode that is not 0 ends it.
    int resume();

    /// Whether a body moves too slowly; to be asked now and then.
    bool is_stalled(std::chrono::steady_clock::time_point now);

    Kind kind() const { return kind_; }
    static Transfer& of(void* easy);

  private:
    struct Callbacks;

    void set_fixed_options();
    void set_body(const Request& request);
    void set_route(const Exchange& exchange, const Route& route);
    Result<void> set_address(const Exchange& exchange, const Route& route);
    void set_trust(const Trust& trust);
    void set_limits(const Exchange& exchange);
    std::size_t give_sink(std::string_view bytes);
    std::size_t keep(std::string_view bytes);
    std::size_t read_source(char* buffer, std::size_t capacity);
    void pause();
    Outcome outcome(Result<Response> response, bool may_mend) const;
    std::uint64_t bytes_moved() const;

    Kind kind_;
    Multi* multi_;
    std::uint64_t* moved_;
    const Options* options_;
    void* easy_;
    HeaderList header_list_;
    const Trust* trust_ = nullptr;  // that is set
    std::string connect_to_;        // "::host:port", and the list of it for libcurl
    std::vector<curl_slist> connect_list_;
    std::string said_;  // libcurl's buffer for its own words

    // of the attempt
    const Request* request_ = nullptr;
    HeaderReader reader_;
    std::string body_;
    std::optional<Error> failure_;  // of a sink, a source or a limit
    bool is_judged_ = false;        // the address that is connected to must be public
    bool refused_address_ = false, opened_socket_ = false;
    unsigned times_sent_ = 0;
    bool may_repeat_ = false;
    bool is_paused_ = false;
    std::uint64_t paused_at_ = 0;
    std::uint64_t received_ = 0, sent_ = 0;
    bool began_sink_ = false, touched_sink_ = false;
    struct {
        std::chrono::steady_clock::time_point begin;
        std::uint64_t bytes = 0;
    } window_;  // in which a body is to move
};

}  // namespace lockstep::http
