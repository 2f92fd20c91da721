#include "changes/access_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

namespace lockstep::changes {

namespace {

using yaml::Node;

std::vector<std::string> texts_of(const Node& rule, std::string_view key) {
    std::vector<std::string> texts;
    const Node* const list = rule.find(key);
    if (list == nullptr) return texts;
    for (const Node* const item : list->items)
        if (item->is_scalar()) texts.emplace_back(item->text);
    return texts;
}

bool is_resource_covered(std::string_view wide, std::string_view narrow) {
    if (wide == "*" || wide == narrow) return true;
    const std::size_t slash = narrow.find('/');
    return wide.starts_with("*/") && slash != std::string_view::npos &&
           wide.substr(1) == narrow.substr(slash);
}

bool is_url_covered(std::string_view wide, std::string_view narrow) {
    if (wide == narrow) return true;
    return wide.ends_with('*') && narrow.starts_with(wide.substr(0, wide.size() - 1));
}

bool is_everything_or(const std::string& wide, const std::string& narrow) {
    return wide == "*" || wide == narrow;
}

/// Whether `permission` is only covered by what has wildcards or says no name, so that looking it
/// up is not enough.
bool has_wildcard(const Permission& permission) {
    return permission.group == "*" || permission.verb == "*" || permission.name.empty() ||
           permission.resource.contains('*');
}

}  // namespace

bool covers(const Permission& wide, const Permission& narrow) {
    if (wide.is_url != narrow.is_url || !is_everything_or(wide.verb, narrow.verb)) return false;
    if (wide.is_url) return is_url_covered(wide.resource, narrow.resource);
    return is_everything_or(wide.group, narrow.group) &&
           is_resource_covered(wide.resource, narrow.resource) &&
           (wide.name.empty() || wide.name == narrow.name);
}

std::optional<std::vector<Permission>> permissions_of(const Node& role, std::size_t most) {
    std::set<Permission> found;
    const Node* const rules = role.find("rules");
    if (rules == nullptr) return std::vector<Permission>();
    for (const Node* const rule : rules->items) {
        std::vector<std::string> names = texts_of(*rule, "resourceNames");
        if (names.empty()) names.emplace_back();
        const auto verbs = texts_of(*rule, "verbs");
        const auto groups = texts_of(*rule, "apiGroups");
        const auto resources = texts_of(*rule, "resources");
        const auto urls = texts_of(*rule, "nonResourceURLs");
        if (groups.size() * resources.size() * names.size() * verbs.size() + urls.size() > most)
            return std::nullopt;
        for (const std::string& verb : verbs) {
            for (const std::string& url : urls)
                found.insert(
                    {.group = {}, .resource = url, .name = {}, .verb = verb, .is_url = true});
            for (const std::string& group : groups)
                for (const std::string& resource : resources)
                    for (const std::string& name : names)
                        found.insert({group, resource, name, verb});
        }
        if (found.size() > most) return std::nullopt;
    }
    return std::vector<Permission>(found.begin(), found.end());
}

std::vector<Permission> uncovered(const std::vector<Permission>& these,
                                  const std::vector<Permission>& others) {
    // Most are there as they stand; only wildcards have to be tried one by one.
    std::vector<const Permission*> wide;
    for (const Permission& other : others)
        if (has_wildcard(other)) wide.push_back(&other);
    std::vector<Permission> left;
    for (const Permission& permission : these) {
        if (std::ranges::binary_search(others, permission)) continue;
        const auto is_wider = [&](const Permission* other) { return covers(*other, permission); };
        if (std::ranges::none_of(wide, is_wider)) left.push_back(permission);
    }
    return left;
}

bool is_powerful(const Permission& permission) {
    constexpr std::string_view becoming[] = {"escalate", "bind", "impersonate", "*"};
    if (std::ranges::find(becoming, permission.verb) != std::end(becoming)) return true;
    if (permission.resource == "*") return true;
    const bool is_core = permission.group.empty() || permission.group == "*";
    constexpr std::string_view secret[] = {"secrets", "pods/exec", "pods/attach", "nodes/proxy",
                                           "serviceaccounts/token"};
    return is_core && std::ranges::find(secret, permission.resource) != std::end(secret);
}

std::string shown(const std::vector<Permission>& permissions) {
    std::map<std::string, std::string> verbs;  // by what they are of
    for (const Permission& each : permissions) {
        std::string what = each.group.empty() ? each.resource : each.group + '/' + each.resource;
        if (!each.name.empty()) what += " (" + each.name + ")";
        std::string& text = verbs[what];
        text.append(text.empty() ? "" : ", ").append(each.verb);
    }
    constexpr std::size_t most = 30;
    std::string text;
    std::size_t count = 0;
    for (const auto& [what, list] : verbs) {
        if (count++ == most) return text + "; and " + std::to_string(verbs.size() - most) + " more";
        text.append(text.empty() ? "" : "; ").append(what).append(": ").append(list);
    }
    return text;
}

}  // namespace lockstep::changes
