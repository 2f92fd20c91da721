#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::testing {

/// What goes wrong with an exchange.
struct Fault {
    enum class Kind {
        refuse,        // the connection is reset, nothing reaches the server; for `time` further
                       // connections are refused
        reset_before,  // the connection is reset, nothing reaches the server
        reset_after,   // the server acts, its answer is lost: the connection is reset
        delay,         // the server is asked `time` later, also if the client has gone by then
        delay_answer,  // the server acts, its answer comes `time` later
        truncate,      // the server acts, its answer ends in the middle
        answer,        // an answer of `status`, nothing reaches the server
        answer_after,  // the server acts, and then the same
        duplicate,     // the server is asked twice, its second answer is given
    };
    Kind kind = Kind::reset_before;
    int status = 0;
    std::string body = "not today\n";
    std::chrono::milliseconds time{0};
};
/// "reset after", "answer 503": for SCOPED_TRACE.
std::string to_string(const Fault& fault);

/// Every way of going wrong that a release must survive, one of each kind and status.
std::vector<Fault> all_faults();

struct FaultRule {
    Fault fault;
    std::string method = {};   // empty: any
    std::string target = "*";  // glob (fnmatch, `*` passes over slashes) of path and query
    std::size_t nth = 1;       // of the requests that match, from 1: the first that goes wrong
    std::size_t times = 1;     // so many in a row do; 0: all from there on
};

/// An HTTP/1.1 proxy in front of one server: clients take it for the server itself. Passes
/// everything on as it is, but for the exchanges that a rule spoils. Requests and answers are held
/// in memory as a whole, chunked ones too; connections live on. The client's `Expect` is met here.
///
/// Serves in threads of its own, from the constructor to the destructor, also while this process is
/// forked. Thread-safe.
class FaultProxy {
  public:
    explicit FaultProxy(const std::string& server_address);  // "127.0.0.1:43567"
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    std::string address() const;  // "127.0.0.1:43568"
    std::string url(std::string_view target = "") const;

    /// Each rule counts its own requests, from now on; the first that is due spoils the exchange.
    void add(const FaultRule& rule);
    /// No rules any more; nothing is refused.
    void clear();
    /// How often exchanges were spoilt since the last `clear`.
    std::size_t spoilt() const;

    struct Exchange {
        std::string method, target;
        std::string fault = {};  // `to_string`; empty: all went well
        int status = 0;          // of the server's answer; 0: it was not asked, or gave none
        bool is_over = false;    // false: still under way
    };
    /// In the order in which the requests came.
    std::vector<Exchange> exchanges() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lockstep::testing
