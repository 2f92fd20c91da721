#include "kustomize/node_path.h"

#include <re2/re2.h>

#include <charconv>
#include <memory>
#include <span>
#include <utility>

#include "kustomize/scalar.h"
#include "yaml/parse.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;
using Parts = std::span<const std::string>;

std::unexpected<Error> misfit(const Node& node, const std::string& part, const char* expected) {
    return fail(Error::Kind::invalid,
                "the part `" + part + "` of a path does not fit: expected " + expected,
                "see what the object has there", node.mark.location());
}

std::optional<std::size_t> index_of(std::string_view part) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
    if (error != std::errc{} || end != part.data() + part.size()) return std::nullopt;
    return index;
}

bool is_bracketed(std::string_view part) {
    return part.size() >= 2 && part.front() == '[' && part.back() == ']';
}

struct Condition {
    std::string field;  // "" for the element itself
    std::string value;
};

Result<Condition> condition_of(const Node& node, const std::string& part) {
    const std::string inner = part.substr(1, part.size() - 2);
    const std::size_t equals = inner.find('=');
    if (equals == std::string::npos) return misfit(node, part, "[field=value]");
    return Condition{inner.substr(0, equals), inner.substr(equals + 1)};
}

std::vector<std::string> split_escaped(std::string_view path) {
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path[at] != '.') {
            parts.back().push_back(path[at]);
        } else if (!parts.back().empty() && parts.back().back() == '\\') {
            parts.back().back() = '.';
        } else {
            parts.emplace_back();
        }
    }
    if (parts.size() > 1 && parts.front().empty()) parts.erase(parts.begin());
    return parts;
}

std::string trimmed(const std::string& part) {
    const std::size_t from = part.find_first_not_of(" \t\r\n");
    return from == std::string::npos
               ? std::string()
               : part.substr(from, part.find_last_not_of(" \t\r\n") - from + 1);
}

/// As the element would be written, which is what kustomize compares.
std::string written(const Node& scalar) {
    const std::string text(scalar.text);
    if (scalar.style == yaml::Style::double_quoted) return "\"" + text + "\"";
    if (scalar.style == yaml::Style::single_quoted) return "'" + text + "'";
    return text;
}

class Matching {
  public:
    Matching(yaml::Arena& arena, std::optional<yaml::Kind> create)
        : arena_(arena), create_(create) {}

    Result<void> at(Node& node, Parts parts) {
        if (parts.empty()) {
            found_.push_back(&node);
            return {};
        }
        const std::string& part = parts.front();
        if (index_of(part)) return at_index(node, parts);
        if (is_bracketed(part)) return at_condition(node, parts, true);
        if (part == "*") return at_each(node, parts);
        return at_field(node, parts);
    }

    std::vector<Node*> found() && { return std::move(found_); }

  private:
    Result<void> at_field(Node& node, Parts parts) {
        const std::string& part = parts.front();
        if (!node.is_mapping() && (!node.is_null() || create_))
            return misfit(node, part, "a mapping there");
        Node* field = node.find(part);
        if (field == nullptr && !create_) return {};
        if (field == nullptr) {
            field = make(parts.subspan(1), node.mark);
            node.set(arena_, arena_.copy(part), field);
        }
        if (field->is_scalar() && parts.size() > 1) return within_text(*field, parts.subspan(1));
        return at(*field, parts.subspan(1));
    }

    /// A path that leads into the YAML or JSON of a text finds fields of a copy: what is done to
    /// them is lost.
    Result<void> within_text(const Node& scalar, Parts parts) {
        const auto inner = yaml::Document::parse(
            "text", std::make_shared<const std::string>(scalar.text), yaml::Dialect::resource);
        const bool is_data = inner.has_value() && !(*inner)->roots().empty() &&
                             !(*inner)->roots().front()->is_scalar();
        if (!is_data) return misfit(scalar, parts.front(), "a mapping or a list there");
        arena_.keep(*inner);
        return at(*clone(arena_, *(*inner)->roots().front()), parts);
    }

    Result<void> at_index(Node& node, Parts parts) {
        const std::string& part = parts.front();
        if (!node.is_sequence()) return misfit(node, part, "a list there");
        const std::size_t index = *index_of(part);
        if (index == node.items.size() && create_)
            node.items.push_back(arena_, make(parts.subspan(1), node.mark));
        if (index >= node.items.size()) return misfit(node, part, "an index that the list has");
        return at(*node.items[index], parts.subspan(1));
    }

    Result<void> at_each(Node& node, Parts parts) {
        if (!node.is_sequence()) return misfit(node, parts.front(), "a list there");
        for (Node* const item : node.items) TRY(at(*item, parts.subspan(1)));
        return {};
    }

    Result<void> at_condition(Node& node, Parts parts, bool may_create) {
        const std::string& part = parts.front();
        if (!node.is_sequence()) return misfit(node, part, "a list there");
        const Condition condition = TRY(condition_of(node, part));
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 regex(condition.value, options);
        if (!regex.ok()) return misfit(node, part, "an expression of RE2");
        const std::size_t before = found_.size();
        for (Node* const item : node.items) {
            Node* const value = condition.field.empty() ? item : item->find(condition.field);
            if (value == nullptr || !value->is_scalar()) continue;
            if (!RE2::PartialMatch(written(*value), regex)) continue;
            if (condition.field.empty())
                found_.push_back(item);
            else
                TRY(at(*item, parts.subspan(1)));
        }
        if (found_.size() > before || !create_ || !may_create) return {};
        node.items.push_back(arena_, element_for(condition, node.mark));
        return at_condition(node, parts, false);
    }

    Node* element_for(const Condition& condition, yaml::Mark mark) {
        Node* const value = make_untyped(arena_, condition.value, mark);
        if (condition.field.empty()) return value;
        Node* const element = yaml::make_mapping(arena_, mark);
        element->set(arena_, arena_.copy(condition.field), value);
        return element;
    }

    Node* make(Parts rest, yaml::Mark mark) {
        yaml::Kind kind = *create_;
        if (!rest.empty())
            kind = is_bracketed(rest.front()) || index_of(rest.front()) ? yaml::Kind::sequence
                                                                        : yaml::Kind::mapping;
        if (kind == yaml::Kind::mapping) return yaml::make_mapping(arena_, mark);
        if (kind == yaml::Kind::sequence) return yaml::make_sequence(arena_, mark);
        return make_untyped(arena_, "", {});
    }

    yaml::Arena& arena_;
    std::optional<yaml::Kind> create_;
    std::vector<Node*> found_;
};

Result<const Node*> step(const Node& node, const std::string& part) {
    const std::optional<std::size_t> index = index_of(part);
    if (index || part == "-" || is_bracketed(part)) {
        if (!node.is_sequence()) return misfit(node, part, "a list there");
        const std::size_t count = node.items.size();
        if (index) return *index < count ? node.items[*index] : nullptr;
        if (part == "-") return count == 0 ? nullptr : node.items[count - 1];
        const Condition condition = TRY(condition_of(node, part));
        for (const Node* const item : node.items) {
            const Node* const value = condition.field.empty() ? item : item->find(condition.field);
            if (value != nullptr && value->text == condition.value) return item;
        }
        return nullptr;
    }
    if (part == "*") return misfit(node, part, "a path to one node");
    if (node.is_null()) return nullptr;
    if (!node.is_mapping()) return misfit(node, part, "a mapping there");
    return node.find(part);
}

}  // namespace

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    const std::vector<std::string> split = split_escaped(path);
    for (std::size_t i = 0; i < split.size(); ++i) {
        std::string part = split[i];
        if (part.starts_with('[') && !part.ends_with(']')) {
            while (i + 1 < split.size() && !part.ends_with(']')) part += "." + split[++i];
            if (part.find('=') == std::string::npos) {
                const std::size_t from = part.find_first_not_of("[]");
                const std::size_t to = part.find_last_not_of("[]");
                part = from == std::string::npos ? "" : part.substr(from, to - from + 1);
            }
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<const Node*> look_up(const Node& root, const std::vector<std::string>& parts) {
    const Node* node = &root;
    for (const std::string& part : parts) {
        const std::string clean = trimmed(part);
        if (clean.empty()) continue;
        node = TRY(step(*node, clean));
        if (node == nullptr) return nullptr;
    }
    return node;
}

Result<Node*> look_up(Node& root, const std::vector<std::string>& parts) {
    return const_cast<Node*>(TRY(look_up(std::as_const(root), parts)));
}

Result<std::vector<Node*>> match_path(yaml::Arena& arena, Node& root,
                                      const std::vector<std::string>& parts,
                                      std::optional<yaml::Kind> create) {
    Matching matching(arena, create);
    TRY(matching.at(root, parts));
    return std::move(matching).found();
}

}  // namespace lockstep::kustomize
