#include "release_lab/observer.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <stdexcept>

namespace lockstep::release_lab {

namespace {

constexpr int patience_ms = 120'000;

os::Subprocess start(const Lab& lab, const std::string& violations) {
    auto started =
        os::Subprocess::start({.argv = {"python3", LOCKSTEP_TEST_DIR "/release_lab/observe.py",
                                        lab.description(), violations},
                               .set = {{"PYTHONDONTWRITEBYTECODE", "1"}}},
                              {.in = os::Subprocess::Stream::pipe,
                               .out = os::Subprocess::Stream::pipe,
                               .err = os::Subprocess::Stream::inherit});
    if (!started) throw std::runtime_error(lockstep::to_string(started.error()));
    return std::move(*started);
}

/// "looks=12 tags=24 …".
std::size_t count_in(const std::string& words, const std::string& name) {
    const std::string start = " " + name + "=";
    const std::size_t at = (" " + words).find(start);
    if (at == std::string::npos) throw std::runtime_error("no count of " + name + ": " + words);
    return std::stoul(words.substr(at + start.size() - 1));
}

}  // namespace

WorldObserver::WorldObserver(const Lab& lab) : process_(start(lab, dir_ / "violations")) {
    if (line() != "looked") throw std::runtime_error("the observer does not start");
}

WorldObserver::~WorldObserver() {
    if (!is_finished_) expect_silent();
}

std::string WorldObserver::line() {
    std::size_t end = 0;
    while ((end = read_ahead_.find('\n')) == std::string::npos) {
        pollfd ready{.fd = process_.out.number(), .events = POLLIN, .revents = 0};
        std::array<char, 256> bytes;
        const ssize_t count =
            ::poll(&ready, 1, patience_ms) == 1 ? ::read(ready.fd, bytes.data(), bytes.size()) : 0;
        if (count <= 0) throw std::runtime_error("the observer has ended, or says nothing");
        read_ahead_.append(bytes.data(), static_cast<std::size_t>(count));
    }
    std::string line = read_ahead_.substr(0, end);
    read_ahead_.erase(0, end + 1);
    return line;
}

void WorldObserver::look() {
    if (!process_.write_some("look\n")) throw std::runtime_error("the observer has ended");
    if (line() != "looked") throw std::runtime_error("the observer says something else");
}

WorldObserver::Report WorldObserver::finish() {
    is_finished_ = true;
    process_.in.close();
    const std::string words = line();
    const auto exit = process_.wait();
    if (!exit || !exit->ok()) throw std::runtime_error("the observer failed");
    Report report{.violations = {},
                  .looks = count_in(words, "looks"),
                  .tags = count_in(words, "tags"),
                  .images = count_in(words, "images"),
                  .unread = count_in(words, "unread"),
                  .flickers = count_in(words, "flickers"),
                  .is_complete = count_in(words, "complete") == 1};
    std::ifstream file(dir_ / "violations");
    for (std::string text; std::getline(file, text);) report.violations.push_back(text);
    return report;
}

bool WorldObserver::Report::has(std::string_view invariant, std::string_view what,
                                std::string_view tag) const {
    const std::string start = "{\"invariant\": \"" + std::string(invariant) + "\", \"what\": \"" +
                              std::string(what) + "\", \"tag\": \"" + std::string(tag) + "\",";
    for (const std::string& violation : violations)
        if (violation.starts_with(start)) return true;
    return false;
}

void WorldObserver::expect_silent() {
    const Report report = finish();
    for (const std::string& violation : report.violations)
        ADD_FAILURE() << "the observer saw " << violation;
    EXPECT_GT(report.looks, 1u);
    EXPECT_GT(report.tags, 0u) << "the observer saw no release";
    EXPECT_GT(report.images, 0u) << "the observer saw no image";
    EXPECT_TRUE(report.is_complete) << "the observer could not read everything at the end";
}

}  // namespace lockstep::release_lab
