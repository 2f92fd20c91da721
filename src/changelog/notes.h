#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::changelog {

/// What a note is about, the heaviest first.
enum class Topic : std::uint8_t { breaking, upgrade, security, removal, deprecation, other };
std::string_view to_string(Topic topic);

/// One entry of a section.
struct Note {
    Topic topic = Topic::other;
    std::string heading;  // of the part that it stands under: "Removed"; may be empty
    std::string text;  // one line: lines that belong together are joined, markers of lists left out

    bool operator==(const Note&) const = default;
};

/// The entries of a section's body: items of its lists with what is indented below them, and
/// paragraphs. What they are about is said by the headings they stand under, else by their own
/// words ("BREAKING CHANGE", "feat!:", "CVE-…"). In the order of the text; at most `most`, of at
/// most a kilobyte each.
std::vector<Note> notes_of(std::string_view body, std::size_t most = 1000);

/// The same with the heaviest topics first.
void sort_by_topic(std::vector<Note>& notes);

}  // namespace lockstep::changelog
