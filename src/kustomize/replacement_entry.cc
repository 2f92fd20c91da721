#include "kustomize/replacement_entry.h"

#include <array>

#include "kustomize/decode.h"

namespace lockstep::kustomize {

static Result<void> decode(const yaml::Node& value, ReplacementOptions& into) {
    using T = ReplacementOptions;
    static constexpr std::array<Field<T>, 4> fields = {{{"delimiter", member<T, &T::delimiter>},
                                                        {"index", member<T, &T::index>},
                                                        {"encoding", member<T, &T::encoding>},
                                                        {"create", member<T, &T::create>}}};
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

static Result<void> decode(const yaml::Node& value, ReplacementSource& into) {
    using T = ReplacementSource;
    static constexpr std::array<Field<T>, 7> fields = {{{"group", member<T, &T::group>},
                                                        {"version", member<T, &T::version>},
                                                        {"kind", member<T, &T::kind>},
                                                        {"name", member<T, &T::name>},
                                                        {"namespace", member<T, &T::space>},
                                                        {"fieldPath", member<T, &T::path>},
                                                        {"options", member<T, &T::options>}}};
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

static Result<void> decode(const yaml::Node& value, ReplacementTarget& into) {
    using T = ReplacementTarget;
    static constexpr std::array<Field<T>, 4> fields = {{{"select", member<T, &T::select>},
                                                        {"reject", member<T, &T::reject>},
                                                        {"fieldPaths", member<T, &T::paths>},
                                                        {"options", member<T, &T::options>}}};
    return decode_fields(value, into, std::span<const Field<T>>(fields));
}

Result<Replacement> decode_replacement(const yaml::Node& node) {
    using T = Replacement;
    static constexpr std::array<Field<T>, 4> fields = {{{"path", member<T, &T::path>},
                                                        {"source", member<T, &T::source>},
                                                        {"sourceValue", member<T, &T::value>},
                                                        {"targets", member<T, &T::targets>}}};
    Replacement entry;
    entry.mark = node.mark;
    TRY(decode_fields(node, entry, std::span<const Field<T>>(fields)));
    return entry;
}

}  // namespace lockstep::kustomize
