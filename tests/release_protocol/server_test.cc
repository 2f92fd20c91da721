#include <gtest/gtest.h>

#include <filesystem>

#include "release_lab/expectations.h"
#include "release_lab/story.h"
#include "release_protocol/setups.h"

namespace lockstep::release_protocol {

namespace {

using release_lab::run_lockstep;

constexpr const char* version = "v1.1.0";

/// Of a selection, every so many renames. The last ones of a release move its refs.
std::size_t stride() {
    return is_full() ? 1 : 13;
}

/// What a git server leaves where it was killed, and whoever starts it again removes: nothing else
/// ever takes these locks away.
void start_again(const Lab& lab) {
    std::vector<std::filesystem::path> locks;
    const auto files = std::filesystem::recursive_directory_iterator(lab.remote().directory());
    for (const auto& file : files)
        if (file.path().extension() == ".lock") locks.push_back(file.path());
    for (const auto& lock : locks) std::filesystem::remove(lock);
}

/// The remote is killed before its `nth` rename; then whatever it takes to bring the release to its
/// end. Whether there was such a rename.
bool killed_at(const LabSetup& setup, std::size_t nth) {
    const Lab lab(setup);
    WorldObserver world(lab);
    const std::string count = lab.home() + "/renames";
    os::Captured run = run_lockstep(lab, {"release", "start", version, "--yes"},
                                    {.set = {{"LD_PRELOAD", LOCKSTEP_DYING_SERVER},
                                             {"LOCKSTEP_DYING_AT", std::to_string(nth)},
                                             {"LOCKSTEP_DYING_COUNT", count}}});
    const bool came = std::filesystem::file_size(count) >= nth;
    SCOPED_TRACE("killed before rename " + std::to_string(nth) + ": " +
                 run.err.substr(std::min(run.err.find("error: "), run.err.size())));
    if (came) ++totals().faults;
    start_again(lab);
    if (run.exit.code != 0) {
        EXPECT_NE(run.exit.code, 70) << "a fault of the program itself";
        run = run_lockstep(lab, {"release", "resume", version});
        if (run.exit.code == 3 && run.err.contains("was begun"))
            run = run_lockstep(lab, {"release", "start", version, "--yes"});
    }
    EXPECT_EQ(run.exit.code, 0) << run.err;
    release_lab::expect_released(lab, version);
    expect_silent(world);
    return came;
}

class Server : public OnSetup {};

TEST_P(Server, IsKilledInTheMiddleOfAPush) {
    std::size_t killed = 0;
    for (std::size_t nth = 1; killed_at(GetParam(), nth); nth += stride()) {
        ++killed;
        if (::testing::Test::HasFatalFailure()) return;
    }
    EXPECT_GT(killed, 0U);
}

std::vector<LabSetup> selection() {
    if (!is_full()) return {LabSetup{.mode = Mode::tag}};
    return {LabSetup{.mode = Mode::tag}, LabSetup{.mode = Mode::digest}};
}

INSTANTIATE_TEST_SUITE_P(Release, Server, ::testing::ValuesIn(selection()),
                         [](const auto& tested) { return name_of(tested.param); });

}  // namespace

}  // namespace lockstep::release_protocol
