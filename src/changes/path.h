#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What an upgrade does: the difference of two rendered sets of objects, what it means to whoever
/// applies them, and what the project wrote about it. Opens nothing.
namespace lockstep::changes {

/// One step down into an object.
struct Step {
    enum class Kind : unsigned char {
        field,    // `text` is its name
        element,  // of a list, told by its merge keys: `text` is "name=web",
                  // "containerPort=80,protocol=TCP"
        index,    // of a list, by its place
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    Kind kind = Kind::field;
    std::string text = {};
    std::size_t from = none;  // of a list: the place before
    std::size_t to = none;    // and after; `none` where it is not there

    bool is_field(std::string_view name) const { return kind == Kind::field && text == name; }
    bool operator==(const Step&) const = default;
};

using Path = std::vector<Step>;

/// As `lockstep render --explain` takes it: "spec.containers.[name=web].args.2",
/// "metadata.labels.[app.kubernetes.io/name]". Elements are counted as they are after the change,
/// if they still are there.
std::string to_string(const Path& path);

/// Whether `path` begins with these fields, elements of lists left out: {"spec", "template"}.
bool begins_with(const Path& path, const std::vector<std::string_view>& fields);

/// The names of its fields, elements of lists left out, with dots between: "spec.containers.image".
std::string fields_of(const Path& path);

}  // namespace lockstep::changes
