#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/result.h"
#include "evidence/images.h"
#include "images/store.h"
#include "oci/reference.h"

namespace lockstep::workspace {

/// Who answers for a reference.
struct Answerer {
    images::Store* store = nullptr;  // borrowed
    std::string title;               // what people call it
    /// It holds one repository, whatever that is called (a layout): it answers for no two.
    bool is_one_repository = false;
};
/// An error says why nobody can be asked: the image is then unknown, never missing.
using FindAnswerer = std::function<Result<Answerer>(const oci::Reference&)>;

/// Asks for each of `references` what its registry holds, many at once of each store, and for the
/// images that they say they were built on, where those can be told exactly and have labels to
/// compare. What could not be asked or read is `unknown` with the reason.
evidence::Images ask_images(std::span<const std::string> references, const FindAnswerer& find);

}  // namespace lockstep::workspace
