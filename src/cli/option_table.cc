#include "cli/option_table.h"

#include <algorithm>
#include <limits>

namespace lockstep::cli {

const CommandRow& row_of(Command command) {
    return commands()[static_cast<unsigned>(command)];
}

const CommandRow* find_command(std::string_view name) {
    const auto found = std::ranges::find(commands(), name, &CommandRow::name);
    return found == commands().end() ? nullptr : &*found;
}

std::string_view CommandRow::group() const {
    const std::size_t space = name.find(' ');
    return space == std::string_view::npos ? std::string_view() : name.substr(0, space);
}

std::string_view CommandRow::action() const {
    return name.substr(name.rfind(' ') + 1);
}

ArgumentCount argument_count(const CommandRow& row) {
    ArgumentCount count;
    for (std::string_view rest = row.argument; !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        if (word.front() != '[') ++count.min;
        if (word.contains("..."))
            count.max = std::numeric_limits<std::size_t>::max();
        else
            ++count.max;
    }
    return count;
}

std::vector<std::string_view> groups() {
    std::vector<std::string_view> found;
    for (const CommandRow& row : commands())
        if (const std::string_view group = row.group();
            !group.empty() && std::find(found.begin(), found.end(), group) == found.end())
            found.push_back(group);
    return found;
}

bool is_group(std::string_view name) {
    const std::vector<std::string_view> names = groups();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string variable_of(const Flag& flag) {
    std::string variable = "LOCKSTEP_";
    for (const char letter : flag.name)
        variable += letter == '-'                    ? '_'
                    : letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A')
                                                     : letter;
    return variable;
}

}  // namespace lockstep::cli
