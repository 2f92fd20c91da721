#include "cli/release_progress.h"

#include <array>
#include <cstdio>
#include <sstream>

#include "json/writer.h"
#include "os/terminal.h"

namespace lockstep::cli {

namespace {

using Clock = std::chrono::steady_clock;

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

std::string seconds_since(Clock::time_point begun) {
    std::array<char, 32> text{};
    const std::chrono::duration<double> passed = Clock::now() - begun;
    const int length = std::snprintf(text.data(), text.size(), "%.1f s", passed.count());
    return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string_view name_of(release::Effect::Kind kind) {
    switch (kind) {
        case release::Effect::Kind::push:
            return "push";
        case release::Effect::Kind::build:
            return "build";
        case release::Effect::Kind::write:
            break;
    }
    return "write";
}

std::string_view name_of(release::Event::Kind kind) {
    switch (kind) {
        case release::Event::Kind::step_begins:
            return "stepBegins";
        case release::Event::Kind::step_ends:
            return "stepEnds";
        case release::Event::Kind::note:
            break;
    }
    return "note";
}

}  // namespace

void ReleaseSteps::on(const release::Event& event) {
    if (!is_wanted_) return;
    moving_.reset();
    constexpr std::size_t name_width = 12;
    constexpr std::size_t time_width = 9;
    const bool is_terminal = os::is_terminal(os::StandardStream::err);
    switch (event.kind) {
        case release::Event::Kind::step_begins:
            begun_ = Clock::now();
            // Where the line can be taken back, it stands there while the step runs.
            if (is_terminal) print_message("  … " + event.step + '\r');
            return;
        case release::Event::Kind::step_ends:
            print_message("  ✓ " + padded(event.step, name_width) +
                          (event.detail.empty()
                               ? seconds_since(begun_)
                               : padded(seconds_since(begun_), time_width) + event.detail) +
                          '\n');
            return;
        case release::Event::Kind::note:
            if (is_verbose_ || event.step != "copy")
                print_message("    " + event.detail + (is_terminal ? "\x1b[K\n" : "\n"));
            return;
    }
}

void ReleaseSteps::on(const release::Copying& copying) {
    constexpr std::uint64_t mebibyte = 1u << 20;
    if (!moving_) moving_.emplace(is_wanted_);
    moving_->show(copying.bytes_done / mebibyte, copying.bytes_total / mebibyte,
                  "MiB of " + std::string(copying.name));
}

void ReleaseEvents::on(const release::Event& event) {
    std::ostringstream line;
    {
        json::Writer writer(line, json::Style::compact);
        writer.begin_object().key("event").string(name_of(event.kind));
        writer.key("step").string(event.step);
        if (!event.detail.empty()) writer.key("detail").string(event.detail);
        writer.end_object();
    }
    const std::scoped_lock lock(mutex_);
    out_.write(std::move(line).str() + '\n');
    out_.stream().flush();
}

void ReleaseEvents::write(std::string_view when, const release::Effect& effect) {
    std::ostringstream line;
    {
        json::Writer writer(line, json::Style::compact);
        writer.begin_object().key("event").string(when);
        writer.key("effect").string(name_of(effect.kind)).key("what").string(effect.what);
        writer.end_object();
    }
    const std::scoped_lock lock(mutex_);
    out_.write(std::move(line).str() + '\n');
    out_.stream().flush();
}

}  // namespace lockstep::cli
