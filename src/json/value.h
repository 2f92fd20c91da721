#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lockstep::json {

struct Member;
struct Value;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // in the order in which they were written; keys are distinct

/// A JSON value. The default is null.
struct Value {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> data;

    bool is_null() const { return std::holds_alternative<std::monostate>(data); }
    /// The value as a T, or nullptr where it is something else: `value.as<json::Array>()`.
    template <typename T>
    const T* as() const {
        return std::get_if<T>(&data);
    }
    /// The member `key` of an object; nullptr where there is none or this is no object.
    const Value* find(std::string_view key) const;
    /// The text that is the member `key`; empty where there is none.
    std::string_view text(std::string_view key) const;

    bool operator==(const Value& other) const;
};

struct Member {
    std::string key;
    Value value;

    bool operator==(const Member&) const = default;
};

}  // namespace lockstep::json
