#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lockstep::release {

/// What a release does to the world, one at a time.
struct Effect {
    enum class Kind : std::uint8_t {
        push,   // refs of the remote
        build,  // a program of the project
        write,  // a blob or manifest in a registry or layout
    };
    Kind kind = Kind::push;
    std::string what;  // "refs/tags/v1.2.0", "registry.example.com/kite/kite:v1.2.0"
};

/// Something that people and programs want to see while it happens.
struct Event {
    enum class Kind : std::uint8_t { step_begins, step_ends, note };
    Kind kind = Kind::note;
    std::string step;    // "prepare", "build", …
    std::string detail;  // "registry.example.com/kite/kite sha256:…"
};

/// How far the copy of an image is.
struct Copying {
    std::string_view name;  // "registry.example.com/kite/kite"
    std::uint64_t bytes_done = 0, bytes_total = 0;
};

/// Watches a release. `before` and `after` enclose each effect on the outside world and every one
/// of them: whoever ends the process there has seen every state that a crash can leave. Called
/// from the releasing thread, writes of blobs from the threads that write them.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void before(const Effect&) {}
    virtual void after(const Effect&) {}
    virtual void on(const Event&) {}
    /// Now and then, from one thread at a time, none of them need be the releasing one.
    virtual void on(const Copying&) {}
};

}  // namespace lockstep::release
