#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/options.h"

/// The commands (command_table.cc) and their flags (flag_table.cc), said once: parsing, help, shell
/// completion and the man page are all made from these tables.
namespace lockstep::cli {

enum class Command : unsigned {
    verify,
    audit,
    changes,
    render,
    image_inspect,
    image_digest,
    image_list,
    image_copy,
    release_plan,
    release_start,
    release_resume,
    release_status,
    release_abort,
    release_list,
    doctor,
    sync,
    record,
    trace,
    consumers,
    deployed,
    init,
    rules,
    version,
    completion,
    help
};

constexpr unsigned bit(Command command) {
    return 1u << static_cast<unsigned>(command);
}

enum class Complete { nothing, file, directory, tag, rule, command };

struct Flag {
    std::string_view name;                           // "output", without dashes
    char letter = 0;                                 // 'o'; 0: none
    std::string_view value = {};                     // "FORMAT"; empty: a switch
    std::span<const std::string_view> choices = {};  // all values there are; empty: any
    bool is_list = false;                            // takes several, with commas between them
    std::string_view help;
    unsigned commands = 0;  // bits of those that take it
    /// Of a switch the value is "true" or "false".
    Result<void> (*set)(Options&, std::string_view value);
    bool has_variable = true;  // LOCKSTEP_<NAME> in the environment sets it too
    Complete complete = Complete::nothing;

    bool is_switch() const { return value.empty(); }
    bool belongs_to(Command command) const { return (commands & bit(command)) != 0; }
};

struct CommandRow {
    Command command;
    std::string_view name;      // "verify", "image copy": a group and an action
    std::string_view argument;  // "[RELEASE]", "SRC DST", "REF..."; empty: takes none
    std::string_view summary;   // one line, imperative
    std::string_view text;      // what else its help says
    std::string_view examples;  // lines of "command   # what it does"
    void (*set)(Options&, std::string_view argument);  // called with each of them
    std::span<const std::string_view> choices = {};
    Complete complete = Complete::nothing;

    /// "image" of "image copy"; empty where it stands alone.
    std::string_view group() const;
    std::string_view action() const;  // "copy" of "image copy", "verify" of "verify"
};

/// How many arguments a command takes, as its `argument` says: each word is one, "[…]" may be left
/// out, "…..." may be repeated.
struct ArgumentCount {
    std::size_t min = 0, max = 0;
};
ArgumentCount argument_count(const CommandRow& row);

std::span<const Flag> flags();
std::span<const CommandRow> commands();
const CommandRow& row_of(Command command);
const CommandRow* find_command(std::string_view name);
bool is_group(std::string_view name);
/// The groups, each once, in order.
std::vector<std::string_view> groups();

/// "LOCKSTEP_OUTPUT" for "output", "LOCKSTEP_HELM_RENDER" for "helm-render".
std::string variable_of(const Flag& flag);

}  // namespace lockstep::cli
