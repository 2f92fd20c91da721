#include "kustomize/field_spec.h"

#include <charconv>
#include <string>

namespace lockstep::kustomize {

namespace {

/// What is left of a path, and the part before it. `joined` holds a part that had escaped slashes.
struct Part {
    std::string_view plain;
    std::string joined;
    std::string_view rest;
    bool is_last = false;

    std::string_view name() const { return joined.empty() ? plain : joined; }
};

Part first_part(std::string_view path) {
    Part part;
    std::size_t slash = path.find('/');
    if (slash == std::string_view::npos || slash == 0 || path[slash - 1] != '\\') {
        part.plain = path.substr(0, slash);
    } else {
        while (slash != std::string_view::npos && slash != 0 && path[slash - 1] == '\\') {
            part.joined.append(path.substr(0, slash - 1)).push_back('/');
            path.remove_prefix(slash + 1);
            slash = path.find('/');
        }
        part.joined.append(path.substr(0, slash));
    }
    part.is_last = slash == std::string_view::npos;
    if (!part.is_last) part.rest = path.substr(slash + 1);
    return part;
}

bool begins_with_letter(std::string_view text) {
    return !text.empty() && (text.front() | 0x20) >= 'a' && (text.front() | 0x20) <= 'z';
}

bool is_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

/// Turns a null into a value of the kind the path asks for; a scalar keeps its text, as in
/// kustomize.
void become(yaml::Node& node, Missing kind, yaml::Mark mark) {
    if (mark.source == nullptr) mark = node.mark;
    const std::string_view text = node.text;
    node = yaml::Node{};
    node.mark = mark;
    if (kind == Missing::make_scalar) {
        node.text = text;
        return;
    }
    node.kind = kind == Missing::make_mapping ? yaml::Kind::mapping : yaml::Kind::sequence;
    node.style = yaml::Style::block;
}

class Walk {
  public:
    Walk(yaml::Arena& arena, const FieldSpec& spec, Missing missing, const Visit& visit,
         yaml::Mark mark)
        : arena_(arena), spec_(spec), missing_(missing), visit_(visit), mark_(mark) {}

    Result<void> at(yaml::Node& node, std::string_view path) const {
        if (node.is_null()) return {};
        if (node.is_sequence()) {
            for (yaml::Node* const item : node.items) TRY(at(*item, path));
            return {};
        }
        if (node.is_mapping()) return in_mapping(node, path);
        return fail(Error::Kind::invalid,
                    "expected sequence or mapping node: found a scalar where the field `" +
                        std::string(spec_.path) + "` passes",
                    "mend the object, or the field spec that leads here", node.mark.location());
    }

  private:
    Result<void> in_mapping(yaml::Node& mapping, std::string_view path) const {
        const Part part = first_part(path);
        std::string_view name = part.name();
        const bool is_list = name.ends_with("[]");
        if (is_list) name.remove_suffix(2);
        // kustomize reads the others as indexes of a list, which fit no mapping.
        if (!begins_with_letter(name) &&
            (name.empty() || name == "-" || name == "*" || is_number(name) ||
             (name.front() == '[' && name.back() == ']')))
            return fail(Error::Kind::invalid,
                        (name.empty() ? "cannot set or create an empty field name: the path `"
                                      : "the path `") +
                            std::string(spec_.path) + "` has the part `" +
                            std::string(part.name()) + "`, expected the name of a field",
                        "separate names of fields by one slash each", mapping.mark.location());

        const bool creates = spec_.create && missing_ != Missing::skip && !is_list;
        const Missing made = !creates       ? (is_list ? Missing::make_sequence : Missing::skip)
                             : part.is_last ? missing_
                                            : Missing::make_mapping;
        yaml::Node* field = mapping.find(name);
        if (field == nullptr && creates) {
            field = arena_.make<yaml::Node>();
            become(*field, made, mark_);
            if (field->is_scalar()) field->type = yaml::Type::null;
            mapping.set(arena_, part.joined.empty() ? name : arena_.copy(name), field);
        } else if (field != nullptr && field->is_null() && made != Missing::skip) {
            become(*field, made, mark_);
        }
        if (field == nullptr) return {};
        return part.is_last ? visit_(*field) : at(*field, part.rest);
    }

    yaml::Arena& arena_;
    const FieldSpec& spec_;
    Missing missing_;
    const Visit& visit_;
    yaml::Mark mark_;
};

}  // namespace

Result<void> visit_field(yaml::Arena& arena, yaml::Node& object, const FieldSpec& spec,
                         Missing missing, const Visit& visit, yaml::Mark mark) {
    std::string_view path = spec.path;
    if (path.size() > 1 && path.front() == '/') path.remove_prefix(1);
    return Walk(arena, spec, missing, visit, mark).at(object, path);
}

}  // namespace lockstep::kustomize
