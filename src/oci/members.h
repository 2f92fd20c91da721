#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/value.h"
#include "oci/manifest.h"

namespace lockstep::oci {

/// Most entries of one list in a document.
inline constexpr std::size_t entries_max = 10'000;

/// One JSON object of a document, read member by member. A member that is null counts as absent,
/// since programs in Go write empty lists that way. A name that differs in case only is `invalid`:
/// those programs would read it and this would not, so they would see another document.
///
/// Borrows the value.
class Members {
  public:
    /// `document` is for messages, `place` is where in it the object stands ("layers[2]"; empty:
    /// the document itself). `invalid` where the value is no object.
    static Result<Members> of(const json::Value& value, std::string document, std::string place);

    /// nullptr where it is absent.
    Result<const json::Value*> find(std::string_view name) const;
    /// Empty where it is absent.
    Result<std::string> text(std::string_view name) const;
    /// Nothing where it is absent; `invalid` where it is below 0 or no whole number.
    Result<std::optional<std::uint64_t>> count(std::string_view name) const;
    Result<Annotations> texts_by_name(std::string_view name) const;
    Result<std::optional<Members>> object(std::string_view name) const;
    /// One Members for each object of a list; none where it is absent.
    Result<std::vector<Members>> objects(std::string_view name) const;
    Result<std::vector<std::string>> texts(std::string_view name) const;

    /// "`layers[2].size` is …", with the document as its location.
    std::unexpected<Error> invalid(std::string_view name, std::string_view what) const;

  private:
    Members(const json::Object& object, std::string document, std::string place)
        : object_(&object), document_(std::move(document)), place_(std::move(place)) {}
    std::string place_of(std::string_view name) const;
    Result<const json::Array*> list(std::string_view name) const;

    const json::Object* object_;
    std::string document_, place_;
};

}  // namespace lockstep::oci
