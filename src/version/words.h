#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The words of tags and what they tell. Texts are ASCII; case does not count.
namespace lockstep::version {

inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text);

/// The runs of letters and digits in `text`, in lower case: "v1.8.x-head" gives v1, 8, x, head.
std::vector<std::string> words_of(std::string_view text);

/// The letters that `text` begins with.
std::string_view leading_letters(std::string_view text);

/// Whether `text` begins with a word that leads up to a release, as written behind numbers: "rc1",
/// "beta.2", "b3"; not "eksbuild.4".
bool begins_with_prerelease_word(std::string_view text);

/// rc, alpha, beta, pre, preview, m, milestone, …
bool is_prerelease_word(std::string_view word);
/// dev, devel, test, snapshot, nightly, …: made while working, not to be relied on.
bool is_development_word(std::string_view word);
/// latest, stable, main, nightly, …: names that move.
bool is_moving_word(std::string_view word);

/// A Git commit id, whole or cut: 7 to 40 hexadecimal digits with a digit and a letter among them,
/// or "g" and such digits, as `git describe` writes it.
bool is_commit_id(std::string_view word);
/// Eight digits that are a day: "20240101".
bool is_date(std::string_view digits);

}  // namespace lockstep::version
