#include "release/builder.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "images/copy.h"
#include "images/inspect.h"
#include "images/layout.h"
#include "oci/manifest.h"
#include "os/file.h"
#include "os/subprocess.h"
#include "release/item_places.h"

namespace lockstep::release {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view step = "build";
constexpr std::chrono::seconds pause_first{1};
constexpr std::chrono::seconds pause_max{30};

/// Behind `/`s and colons of images nothing may be guessed: each gets a folder of its own.
std::string layout_folder(const std::string& checkout) {
    return checkout + ".layout";
}

os::Command command_of(const project::Image& image, const Item& item, const State& state,
                       const std::string& folder) {
    // What the program prints is talk, not a result of ours.
    std::vector<std::string> argv = {"/bin/sh", "-c", "exec \"$@\" >&2", "sh"};
    argv.insert(argv.end(), image.build.command.begin(), image.build.command.end());
    return {.argv = std::move(argv),
            .set = {{"LOCKSTEP_VERSION", state.version},
                    {"LOCKSTEP_TAG", state.tag},
                    {"LOCKSTEP_COMMIT", state.built_from()},
                    {"LOCKSTEP_IMAGE", image.name},
                    {"LOCKSTEP_STAGING", item.staging},
                    {"LOCKSTEP_LAYOUT", layout_folder(folder)},
                    {"SOURCE_DATE_EPOCH", std::to_string(state.time)}},
            .unset = {},
            .directory = folder};
}

/// "linux/arm64" of lockstep.yaml as images say it: "linux/arm64/v8".
std::string full_platform(const std::string& wanted) {
    const std::size_t first = wanted.find('/');
    if (first == std::string::npos) return wanted;
    const std::size_t second = wanted.find('/', first + 1);
    oci::Platform platform;
    platform.os = wanted.substr(0, first);
    platform.architecture =
        wanted.substr(first + 1, second == std::string::npos ? second : second - first - 1);
    if (second != std::string::npos) platform.variant = wanted.substr(second + 1);
    return to_string(oci::normalized(std::move(platform)));
}

std::string text_of(const std::vector<std::string>& argv) {
    std::string text;
    for (const std::string& word : argv) text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

Result<std::string> Builder::checkout() {
    if (!folder_) {
        folder_ = TRY(os::TemporaryDirectory::make("lockstep-build-"));
        TRY(site_.draft().check_out(object_id(state_.built_from()), folder_->path() + "/source"));
    }
    return folder_->path() + "/source";
}

Result<void> Builder::run_command(const project::Image& image, const Item& item) {
    const std::string folder = TRY(checkout());
    const std::string title = '`' + text_of(image.build.command) + '`';
    site_.note(step, "running " + title);
    os::Subprocess program = TRY(os::Subprocess::start(command_of(image, item, state_, folder),
                                                       {.in = os::Subprocess::Stream::null,
                                                        .out = os::Subprocess::Stream::inherit,
                                                        .err = os::Subprocess::Stream::inherit}));
    program.depend_on_us();
    const Result<os::Exit> exit = program.wait(Clock::now() + image.build.time_limit);
    if (!exit)
        return fail(Error::Kind::unavailable,
                    title + " did not end within " +
                        std::to_string(image.build.time_limit.count()) + " seconds",
                    "give it more time with build.timeLimit");
    if (!exit->ok())
        return fail(
            Error::Kind::unavailable, title + " ended with " + to_string(*exit),
            "what it printed says why; `lockstep release resume " + state_.tag + "` builds again");
    const std::string layout = layout_folder(folder);
    if (!os::is_directory(layout)) return {};  // it pushed to staging itself
    TRY(stage_layout(layout, item));
    // The next image of the same checkout has its own.
    return os::remove_tree(layout);
}

Result<void> Builder::stage_layout(const std::string& folder, const Item& item) {
    const auto layout = TRY(images::Layout::open(folder));
    const Held place = TRY(staged(site_, item));
    images::CopyOptions copying = site_.copying(item);
    // Staging is nobody's: what an earlier attempt left there is replaced.
    copying.if_exists = images::Store::IfExists::replace;
    TRY(images::copy(*layout, {.repository = {}, .tag_or_digest = {}}, *place.store, place.by_tag(),
                     copying),
        "staging `" + item.name + '`');
    return {};
}

Result<void> Builder::await(const project::Image& image, const Item& item) {
    const Held place = TRY(staged(site_, item));
    const images::ManifestName names[] = {place.by_tag()};
    const Clock::time_point end = Clock::now() + image.build.time_limit;
    std::chrono::seconds pause = pause_first;
    for (bool is_told = false;; is_told = true) {
        const Result<oci::Descriptor> found = std::move(place.store->resolve(names).front());
        if (found) return {};
        using enum Error::Kind;
        // A registry that is down may come back; one that refuses will refuse again.
        if (found.error().kind != not_found && found.error().kind != unavailable)
            return std::unexpected(found.error());
        if (!is_told)
            site_.note(step,
                       "waiting for `" + item.staging + "`, to be built from " + state_.candidate);
        if (Clock::now() + pause > end)
            return fail(unavailable,
                        '`' + item.staging + "` did not come within " +
                            std::to_string(image.build.time_limit.count()) + " seconds",
                        "see what became of the build of " + state_.candidate +
                            "; `lockstep release resume " + state_.tag + "` waits again");
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, pause_max);
    }
}

Result<Item> Builder::seen(const project::Image& image, const Item& item) {
    const Held place = TRY(staged(site_, item));
    const images::ManifestName names[] = {place.by_tag()};
    Result<images::Inspected> inspected = std::move(images::inspect(*place.store, names).front());
    if (!inspected)
        return fail(
            inspected.error().kind,
            '`' + item.staging + "` is not there after the build: " + inspected.error().message,
            "a builder pushes to $LOCKSTEP_STAGING, or writes an OCI layout into "
            "$LOCKSTEP_LAYOUT");
    Item built = item;
    built.digest = inspected->descriptor.digest.str();
    for (const images::PlatformImage& platform : inspected->platforms)
        built.platforms.push_back(
            {to_string(oci::normalized(platform.platform)), platform.manifest.digest.str()});
    for (const std::string& wanted : image.platforms)
        if (std::ranges::find(built.platforms, full_platform(wanted), &record::Platform::name) ==
            built.platforms.end())
            return fail(Error::Kind::conflict, '`' + item.staging + "` has no image for " + wanted,
                        "build it for every platform that lockstep.yaml lists");
    return built;
}

Result<Item> Builder::build(const project::Image& image, const Item& item) {
    const Effect effect{.kind = Effect::Kind::build, .what = item.name};
    site_.observer().before(effect);
    using Driver = project::Build::Driver;
    switch (image.build.driver) {
        case Driver::command:
            TRY(run_command(image, item), "building `" + item.name + '`');
            break;
        case Driver::layout:
            TRY(stage_layout(configuration_folder_ + '/' + image.build.layout, item));
            break;
        case Driver::external:
            TRY(await(image, item));
            break;
        case Driver::none:
            return fail(Error::Kind::usage, "nothing says how `" + item.name + "` is built");
    }
    site_.observer().after(effect);
    return seen(image, item);
}

}  // namespace lockstep::release
