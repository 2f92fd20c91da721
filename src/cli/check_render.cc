#include "cli/check_render.h"

#include <algorithm>
#include <optional>

#include "cli/output.h"
#include "cli/render_difference.h"
#include "os/temporary_directory.h"
#include "os/write_tree.h"
#include "report/printable.h"

namespace lockstep::cli {

namespace {

constexpr unsigned line_columns = 500;

void say(const std::string& text) {
    print_message("check: " + report::cut(report::printable(text), 4 * line_columns) + "\n");
}

void say_line(std::string_view program, const std::optional<std::string>& line, std::size_t width) {
    std::string text = "  " + std::string(program) + ":  ";
    text.append(width - program.size(), ' ');
    print_message(
        text + (line ? report::cut(report::printable(*line), line_columns) : "(the end)") + "\n");
}

void say_difference(const RenderDifference& difference, const OtherRenderer& other) {
    std::string text = other.title() + " prints something else from line " +
                       std::to_string(difference.line) + " on";
    if (!difference.object.empty()) text += ", in " + difference.object;
    say(text);
    constexpr std::string_view us = "lockstep";
    const std::size_t width = std::max(us.size(), other.name().size());
    say_line(us, difference.ours, width);
    say_line(other.name(), difference.theirs, width);
    if (!other.has_our_version())
        print_message("hint: lockstep prints what kustomize v5.8.2 does; versions differ\n");
}

std::string said_by(const os::Captured& captured) {
    const std::string said = last_line(captured.err);
    return said.empty() ? to_string(captured.exit) : said;
}

/// The directory to render, with the folder that keeps it there.
struct OnDisk {
    std::optional<os::TemporaryDirectory> temporary;
    std::string path;
};

Result<OnDisk> put_on_disk(const RenderedPlace& place) {
    const auto below = [&](const std::string& root) {
        const std::string top = root == "/" ? "" : root;
        return place.directory.empty() ? root : top + "/" + place.directory;
    };
    if (!place.root.empty()) return OnDisk{std::nullopt, below(place.root)};
    auto folder = TRY(os::TemporaryDirectory::make("lockstep-check-"));
    TRY(os::write_tree(place.tree, folder.path()), "writing the tree to be checked");
    std::string path = below(folder.path());
    return OnDisk{std::move(folder), std::move(path)};
}

}  // namespace

Result<RenderCheck> check_render(const OtherRenderer& other, const RenderedPlace& place,
                                 const Result<OwnRender>& own, const Options& options) {
    const OnDisk on_disk = TRY(put_on_disk(place));
    const os::Captured theirs = TRY(other.render(on_disk.path, options));
    if (!own.has_value()) {
        say(theirs.exit.ok() ? other.title() + " builds what lockstep refuses"
                             : other.title() + " refuses it too: " + said_by(theirs));
        return RenderCheck::refused;
    }
    if (!theirs.exit.ok()) {
        say(other.title() + " refuses what lockstep renders: " + said_by(theirs));
        return RenderCheck::different;
    }
    const auto difference = first_difference(own->rendering, own->text, theirs.out);
    if (difference.has_value()) {
        say_difference(*difference, other);
        return RenderCheck::different;
    }
    if (!options.quiet) say(other.title() + " prints the same");
    return RenderCheck::same;
}

}  // namespace lockstep::cli
