#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "cli/output.h"
#include "cli/progress.h"
#include "release/observer.h"

namespace lockstep::cli {

/// A release as people follow it: one line for each step on standard error, with how long it took.
class ReleaseSteps final : public release::Observer {
  public:
    ReleaseSteps(bool is_wanted, bool is_verbose)
        : is_wanted_(is_wanted), is_verbose_(is_verbose) {}
    void on(const release::Event& event) override;
    void on(const release::Copying& copying) override;

  private:
    bool is_wanted_;
    bool is_verbose_;
    std::chrono::steady_clock::time_point begun_;
    std::optional<Progress> moving_;
};

/// The same for programs: a JSON object for each event, a line each, on standard output.
class ReleaseEvents final : public release::Observer {
  public:
    explicit ReleaseEvents(Output& out) : out_(out) {}
    void before(const release::Effect& effect) override { write("before", effect); }
    void after(const release::Effect& effect) override { write("after", effect); }
    using Observer::on;
    void on(const release::Event& event) override;

  private:
    void write(std::string_view when, const release::Effect& effect);

    std::mutex mutex_;  // blobs are written from several threads
    Output& out_;
};

}  // namespace lockstep::cli
