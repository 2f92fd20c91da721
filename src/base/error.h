#pragma once

#include <optional>
#include <string>

namespace lockstep {

/// A place in a text, for people and for editors. Lines and columns count from 1; 0 means unknown.
/// Columns count characters (code points), as editors do.
struct Location {
    std::string path;
    unsigned line = 0;
    unsigned column = 0;

    bool operator==(const Location&) const = default;
};

/// "path:line:column", leaving out what is unknown.
std::string to_string(const Location& location);

/// Why something could not be done. A finding is not an error: a check that finds a mismatch has
/// succeeded.
struct Error {
    /// What the caller can do about it; decides the exit status and whether trying again can help.
    enum class Kind {
        usage,        // the command or the configuration: correct it
        invalid,      // the input breaks its own format's rules: its author must mend it
        unsupported,  // lockstep does not do this (yet): it was not judged
        not_found,    // look elsewhere
        denied,       // get the rights, or it is refused for safety
        conflict,     // look at the world again
        corrupt,      // stop trusting the bytes
        unavailable,  // try again later
        internal,     // a fault of lockstep: report it
    };

    Kind kind = Kind::internal;
    std::string message;  // names the object, what was found, what was expected; no final period
    std::string hint;     // the user's next step; may be empty
    std::optional<Location> at;

    bool operator==(const Error&) const = default;
};

/// "unsupported", "not found", …: the word for a kind.
const char* to_string(Error::Kind kind);

/// One line, as printed behind "error: ": the place if there is one, then the message. The hint is
/// not in it.
std::string to_string(const Error& error);

}  // namespace lockstep
