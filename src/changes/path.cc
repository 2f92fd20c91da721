#include "changes/path.h"

namespace lockstep::changes {

namespace {

std::string written(const Step& step) {
    switch (step.kind) {
        case Step::Kind::field:
            return step.text.find_first_of(".[]") == std::string::npos ? step.text
                                                                       : '[' + step.text + ']';
        case Step::Kind::element:
            return '[' + step.text + ']';
        case Step::Kind::index:
            return std::to_string(step.to == Step::none ? step.from : step.to);
    }
    return {};
}

}  // namespace

std::string to_string(const Path& path) {
    std::string text;
    for (const Step& step : path) text.append(text.empty() ? "" : ".").append(written(step));
    return text;
}

bool begins_with(const Path& path, const std::vector<std::string_view>& fields) {
    std::size_t matched = 0;
    for (const Step& step : path) {
        if (matched == fields.size()) return true;
        if (step.kind != Step::Kind::field) continue;
        if (step.text != fields[matched++]) return false;
    }
    return matched == fields.size();
}

std::string fields_of(const Path& path) {
    std::string text;
    for (const Step& step : path)
        if (step.kind == Step::Kind::field) text.append(text.empty() ? "" : ".").append(step.text);
    return text;
}

}  // namespace lockstep::changes
