#include "manifest/field_path.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace lockstep::manifest {

namespace {

constexpr std::size_t found_limit = 100'000;
constexpr std::size_t path_limit = 1'000;

struct Step {
    enum class Kind { key, any_key, index, any_index };
    Kind kind = Kind::key;
    std::string key;
    std::size_t index = 0;
};

/// `text` is what stands between brackets. Anything that is no number means every item.
Step index_step(std::string_view text) {
    Step step{Step::Kind::index, {}, 0};
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), step.index);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
    if (!whole || text.empty()) step.kind = Step::Kind::any_index;
    return step;
}

std::string take_key(std::string_view path, std::size_t& at) {
    std::string key;
    for (; at < path.size() && path[at] != '.' && path[at] != '['; ++at) {
        if (path[at] == '\\' && at + 1 < path.size()) ++at;
        key += path[at];
    }
    return key;
}

std::vector<Step> parse_steps(std::string_view path) {
    std::vector<Step> steps;
    for (std::size_t at = 0; at < path.size();) {
        if (path[at] == '.') {
            ++at;
        } else if (path[at] == '[') {
            const std::size_t end = std::min(path.find(']', at), path.size());
            steps.push_back(index_step(path.substr(at + 1, end - at - 1)));
            at = end + 1;
        } else {
            std::string key = take_key(path, at);
            const Step::Kind kind = key == "*" ? Step::Kind::any_key : Step::Kind::key;
            steps.push_back({kind, std::move(key), 0});
        }
    }
    return steps;
}

void take_step(const Found& from, const Step& step, std::vector<Found>& to) {
    const yaml::Node& node = *from.node;
    if (step.kind == Step::Kind::key || step.kind == Step::Kind::any_key) {
        for (const yaml::Pair& pair : node.pairs)
            if (step.kind == Step::Kind::any_key || pair.key->text == step.key)
                to.push_back({pair.value, with_key(from.path, pair.key->text)});
        return;
    }
    for (std::size_t at = 0; at < node.items.size(); ++at)
        if (step.kind == Step::Kind::any_index || at == step.index)
            to.push_back({node.items[at], with_index(from.path, at)});
}

/// `path`, or what it was before it grew out of bounds, with a mark of that.
std::string bounded(std::string path, std::size_t before) {
    if (path.size() <= path_limit) return path;
    path.resize(before);
    if (!path.ends_with("…")) path += "…";
    return path;
}

}  // namespace

std::string with_key(std::string_view path, std::string_view key) {
    std::string joined(path);
    if (!joined.empty()) joined += '.';
    for (const char c : key.substr(0, path_limit)) {
        if (c == '.' || c == '[' || c == ']' || c == '\\') joined += '\\';
        joined += c;
    }
    return bounded(std::move(joined), path.size());
}

std::string with_index(std::string_view path, std::size_t index) {
    return bounded(std::string(path) + '[' + std::to_string(index) + ']', path.size());
}

std::vector<Found> follow(const yaml::Node& root, std::string_view path) {
    std::vector<Found> here{{&root, {}}};
    for (const Step& step : parse_steps(path)) {
        std::vector<Found> next;
        for (const Found& from : here) {
            if (next.size() > found_limit) break;
            take_step(from, step, next);
        }
        here = std::move(next);
    }
    return here;
}

}  // namespace lockstep::manifest
