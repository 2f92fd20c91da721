#include "kustomize/node_json.h"

#include <algorithm>
#include <vector>

#include "kustomize/go_json.h"
#include "kustomize/internal_notes.h"

namespace lockstep::kustomize {

namespace {

using yaml::Node;

int kind_number(yaml::Kind kind) {
    return kind == yaml::Kind::mapping ? 4 : kind == yaml::Kind::sequence ? 2 : 8;
}

int style_number(yaml::Style style) {
    switch (style) {
        case yaml::Style::double_quoted:
            return 2;
        case yaml::Style::single_quoted:
            return 4;
        case yaml::Style::literal:
            return 8;
        case yaml::Style::folded:
            return 16;
        case yaml::Style::flow:
            return 32;
        default:
            return 0;
    }
}

std::string_view tag(const Node& node) {
    if (node.is_mapping()) return "!!map";
    if (node.is_sequence()) return "!!seq";
    switch (node.type) {
        case yaml::Type::null:
            return "!!null";
        case yaml::Type::boolean:
            return "!!bool";
        case yaml::Type::integer:
            return "!!int";
        case yaml::Type::real:
            return "!!float";
        case yaml::Type::timestamp:
            return "!!timestamp";
        case yaml::Type::binary:
            return "!!binary";
        default:
            return "!!str";
    }
}

std::vector<const Node*> content_of(const Node& node) {
    std::vector<const Node*> content(node.items.begin(), node.items.end());
    for (const yaml::Pair& pair : node.pairs) {
        content.push_back(pair.key);
        content.push_back(pair.value);
    }
    return content;
}

void append(std::string& out, const Node& node) {
    out.append("{\"Kind\":").append(std::to_string(kind_number(node.kind)));
    out.append(",\"Style\":").append(std::to_string(style_number(node.style)));
    out.append(",\"Tag\":\"").append(tag(node)).append("\",\"Value\":");
    append_json_string(out, node.text);
    out += ",\"Anchor\":\"\",\"Alias\":null,\"Content\":";
    const std::vector<const Node*> content = content_of(node);
    for (std::size_t at = 0; at < content.size(); ++at) {
        out += at == 0 ? '[' : ',';
        append(out, *content[at]);
    }
    out += content.empty() ? "null" : "]";
    out += ",\"HeadComment\":\"\",\"LineComment\":\"\",\"FootComment\":\"\",\"Line\":";
    out.append(std::to_string(node.mark.line)).append(",\"Column\":");
    out.append(std::to_string(node.mark.column)).append("}");
}

bool is_same_node(const Node& read, const Node& now) {
    return read.kind == now.kind && read.style == now.style && read.type == now.type &&
           read.text == now.text && read.untyped == now.untyped &&
           read.mark.source == now.mark.source && read.mark.offset == now.mark.offset;
}

enum class Level { object, metadata, annotations, other };

Level level_of(std::string_view key, Level level) {
    if (level == Level::object && key == "metadata") return Level::metadata;
    if (level == Level::metadata && key == "annotations") return Level::annotations;
    return Level::other;
}

bool is_same(const Node& read, const Node& now, Level level) {
    if (!is_same_node(read, now) || read.items.size() != now.items.size()) return false;
    const auto same_item = [](const Node* a, const Node* b) {
        return is_same(*a, *b, Level::other);
    };
    if (!std::ranges::equal(read.items, now.items, same_item)) return false;
    std::size_t next = 0;
    for (const yaml::Pair& pair : read.pairs) {
        if (level == Level::annotations && is_internal_note(pair.key->text)) continue;
        if (next == now.pairs.size()) return false;
        const yaml::Pair& other = now.pairs[next++];
        if (!is_same_node(*pair.key, *other.key) ||
            !is_same(*pair.value, *other.value, level_of(pair.key->text, level)))
            return false;
    }
    return next == now.pairs.size();
}

}  // namespace

std::string node_json(const Node& root) {
    std::string out;
    append(out, root);
    return out;
}

bool is_as_read(const Node& read, const Node& now) {
    return is_same(read, now, Level::object);
}

}  // namespace lockstep::kustomize
