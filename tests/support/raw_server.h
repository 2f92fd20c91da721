#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "os/descriptor.h"

namespace lockstep::testing {

/// A request as it came over the wire.
struct RawRequest {
    std::string method, target;
    std::vector<std::pair<std::string, std::string>> headers;  // in their order, as written
    std::string body;         // empty where the server was told not to read bodies
    unsigned connection = 0;  // that it came over, counted from 0

    /// The first header of that name, without regard to case; empty where there is none.
    std::string header(std::string_view name) const;
};

/// The server's end of a connection, for a handler to write bytes at will. Everything here returns
/// false once the client is gone or the server is being stopped: a handler that loops ends then.
class RawConnection {
  public:
    /// Waits until all is with the kernel.
    bool write(std::string_view bytes);
    /// `head` and a body, with its length announced: "HTTP/1.1 200 OK\r\nX-Some: thing".
    bool answer(std::string_view head, std::string_view body);
    /// Waits.
    bool pause(std::chrono::milliseconds time);
    /// More of the body where bodies are left to the handler: up to `capacity` bytes; 0 at its end
    /// or once the client is gone.
    std::size_t read(char* buffer, std::size_t capacity);
    /// Closes behind this request. Otherwise the next one is read.
    void close() { is_closing_ = true; }
    /// Closes at once with a reset instead of an orderly end.
    void reset();

  private:
    friend class RawServer;
    void linger();

    class RawServer* server_ = nullptr;
    os::Descriptor socket_;
    std::string read_ahead_;
    std::size_t body_left_ = 0;
    bool is_closing_ = false, is_resetting_ = false;
};

/// An HTTP/1.1 server on loopback, in this process, that says what a handler makes it say: lies,
/// half answers, endless ones. It listens when its constructor returns, on a free port; its
/// destructor ends all connections and waits for all handlers.
class RawServer {
  public:
    /// Called for each request, in a thread for each connection: handlers run side by side.
    using Handler = std::function<void(const RawRequest&, RawConnection&)>;
    struct Options {
        bool reads_bodies = true;           // false: the handler does, as it likes
        std::string address = "127.0.0.1";  // to listen on; IPv4
        unsigned port = 0;                  // 0: a free one
    };

    explicit RawServer(Handler handler);
    RawServer(Handler handler, Options options);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    unsigned port() const { return port_; }
    std::string host_port() const { return options_.address + ":" + std::to_string(port_); }
    /// "http://127.0.0.1:PORT" and `target`.
    std::string url(std::string_view target = "/") const;

    /// All requests that came in so far, without their bodies.
    std::vector<RawRequest> requests() const;
    /// How many connections were made so far.
    unsigned connections() const { return connections_made_; }
    /// The most requests that were with their handlers at the same time.
    unsigned most_at_once() const { return most_at_once_; }

  private:
    friend class RawConnection;
    void accept_all();
    void serve(RawConnection& connection, unsigned number);
    bool read_request(RawConnection& connection, RawRequest& request);
    void handle(const RawRequest& request, RawConnection& connection);

    Handler handler_;
    Options options_;
    unsigned port_ = 0;
    os::Descriptor listener_;
    mutable std::mutex mutex_;
    std::condition_variable stop_;
    bool is_stopping_ = false;
    std::vector<RawRequest> requests_;
    std::vector<std::unique_ptr<RawConnection>> connections_;
    std::vector<std::thread> threads_;
    std::atomic<unsigned> connections_made_ = 0, at_once_ = 0, most_at_once_ = 0;
    std::thread acceptor_;
};

}  // namespace lockstep::testing
