#include "evidence/component.h"

namespace lockstep::evidence {

namespace {

bool is_separator(char c) {
    return c == '-' || c == '/' || c == '_' || c == '.';
}
bool says_chart(std::string_view word) {
    return word == "chart" || word == "charts" || word == "helm";
}

}  // namespace

std::string chart_called(std::string_view name) {
    std::string called;
    while (!name.empty()) {
        std::size_t end = 0;
        while (end < name.size() && !is_separator(name[end])) ++end;
        const std::string_view word = name.substr(0, end);
        if (!word.empty() && !says_chart(word)) {
            if (!called.empty()) called += '-';
            called += word;
        }
        name.remove_prefix(end == name.size() ? end : end + 1);
    }
    return called;
}

}  // namespace lockstep::evidence
