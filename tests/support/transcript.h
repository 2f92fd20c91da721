#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockstep::testing {

/// A Markdown file whose console blocks are run and held to what they show.
///
///     ```console
///     $ lockstep version
///     lockstep <…>
///     ```
///
/// - A line `$ command` is run by sh, `> ` continues it; the lines up to the next one are its exact
///   output, standard error included, and `[exit status 1]` is its last where it is not 0.
/// - `<…>` in a line stands for anything in that line; alone on a line, for any number of lines.
/// - A block ```` ```yaml lockstep.yaml ```` writes that file; `<!-- $ command -->` is run unseen.
/// - All of one file runs in one shell in one fresh folder, with nothing of the caller's settings.
struct Step {
    enum class Kind { command, setup, file };
    Kind kind = Kind::command;
    std::string text;  // the command, or the file's content
    std::string path;  // of a file
    unsigned line = 0;
    // Of a command: the lines of the file, counted from 0, that hold what it prints.
    std::size_t output_begin = 0, output_end = 0;
};

/// The steps of a file, given as its lines.
std::vector<Step> parse_transcript(const std::vector<std::string>& lines);

/// Whether `actual` is what `expected` says, `<…>` being anything.
bool matches_transcript(const std::vector<std::string>& expected,
                        const std::vector<std::string>& actual);

struct TranscriptTools {
    std::vector<std::string> path;  // folders put before PATH
};

/// Runs the file and reports each command that prints something else as a test failure. With
/// LOCKSTEP_UPDATE=1 in the environment the file is rewritten instead.
void run_transcript(const std::string& path, const TranscriptTools& tools);

}  // namespace lockstep::testing
