#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/url.h"

namespace lockstep::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove };
std::string_view to_string(Method method);  // "GET", …, "DELETE"

/// Whether two names of header fields are the same: case does not count.
bool is_same_name(std::string_view a, std::string_view b);

/// Header fields in the order in which they stand; names are compared without regard to case.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

    void add(std::string name, std::string value);
    void remove(std::string_view name);
    /// The first field of that name; nullptr where there is none.
    const std::string* find(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Where a body comes from, read in the thread that sends. A source may have to wait for somebody
/// else in the same `send_all`: it then gives nothing, and is asked again once something moved.
class Source {
  public:
    virtual ~Source() = default;
    /// Up to `capacity` bytes; none means "not yet", the end is known by `Request::body_bytes`. An
    /// error ends the exchange with it.
    virtual Result<std::size_t> read(char* buffer, std::size_t capacity) = 0;
    /// Begins again from the start; false where it cannot. For requests that are sent again.
    virtual bool rewind() { return false; }
    /// Called once when the exchange is over, whether or not it took everything: who waits until
    /// more is read must wait no longer.
    virtual void read_over() {}
};

/// Where a body goes, called in the thread that sends.
class Sink {
  public:
    virtual ~Sink() = default;
    /// Once before the first byte, with the status and the headers of the answer: 206 continues
    /// where a Range asked for, 200 begins at the start all the same.
    virtual Result<void> begin(int status, const Headers& headers) {
        static_cast<void>(status);
        static_cast<void>(headers);
        return {};
    }
    /// Takes all of `bytes` (true) or, for now, nothing of it (false): the exchange pauses and the
    /// same bytes are offered again once something moved. An error ends the exchange with it.
    virtual Result<bool> write(std::string_view bytes) = 0;
    /// Called once when the exchange is over, whether or not all came: who waits until more is
    /// written must wait no longer.
    virtual void write_over() {}
};

struct Request {
    Method method = Method::get;
    Url url;
    Headers headers = {};
    std::string body = {};
    /// Instead of `body`; borrowed. `body_bytes` is its length, which must be known.
    Source* source = nullptr;
    std::uint64_t body_bytes = 0;
    /// Where the body of a 2xx answer goes; null: into `Response::body`. Borrowed. What the server
    /// encoded is never decoded: these are the bytes that a digest names.
    Sink* sink = nullptr;
    /// More in memory ends the exchange with `invalid`, also of an error page.
    std::size_t body_bytes_max = 4u << 20;
    /// Sent again after a failure that another try may mend; never behind bytes that a sink took,
    /// nor where a source cannot begin again. GET, HEAD and PUT are so by default. What is not is
    /// sent once at most: also where a connection that was kept turns out to be closed, which is
    /// then `unavailable`.
    std::optional<bool> is_repeatable = std::nullopt;
    /// Of GET and HEAD; with 0 a redirect is the answer. What says who we are (Authorization,
    /// Cookie) stays behind where the origin changes, and so does trust; https never leads to http.
    unsigned redirects_max = 5;
    /// Who asked for this address: the user (typed, or this machine's configuration), or a
    /// repository, a registry, a redirect. The latter may not name private addresses, see
    /// `Options::may_reach_private`.
    bool is_trusted = false;
};

struct Response {
    int status = 0;
    Headers headers;
    std::string body;  // empty where a sink took it
    Url url;           // that answered, after redirects
};

}  // namespace lockstep::http
