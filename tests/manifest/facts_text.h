#pragma once

#include <string>

#include "manifest/declaration.h"

namespace lockstep::testing {

/// Every declaration and gap on a line of its own, all of it:
///   path:line:column+length surface:root subject image declared digest default object field |
///   excerpt
/// with "-" for what is empty, and
///   gap surface:root error (hint) [mentions]
inline std::string or_dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

inline std::string print(const manifest::ObjectName& object) {
    if (object.kind.empty()) return "-";
    return object.kind + ":" + object.name_space + "/" + object.name;
}

inline std::string print(const manifest::Declaration& each) {
    std::string line = to_string(each.at) + "+" + std::to_string(each.length);
    line += std::string(" ") + to_string(each.surface) + ":" + each.root;
    line += std::string(" ") + to_string(each.subject) + " " + or_dash(each.image);
    line += " " + or_dash(each.declared);
    if (!each.digest.empty()) line += " " + each.digest;
    if (each.by_default) line += " default";
    line += " " + print(each.object) + " " + or_dash(each.field);
    return line + " |" + each.excerpt + "\n";
}

inline std::string print(const manifest::Gap& gap) {
    std::string line =
        std::string("gap ") + to_string(gap.surface) + ":" + gap.root + " " + to_string(gap.error);
    if (!gap.error.hint.empty()) line += " (" + gap.error.hint + ")";
    line += " [";
    for (const std::string& name : gap.mentions) {
        if (line.back() != '[') line += ", ";
        line += name;
    }
    return line + "]\n";
}

inline std::string print(const manifest::Facts& facts) {
    std::string text = "\n";
    for (const manifest::Declaration& each : facts.declarations) text += print(each);
    for (const manifest::Gap& each : facts.gaps) text += print(each);
    return text;
}

}  // namespace lockstep::testing
