#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace lockstep::images {

/// For stores that have nothing else to do meanwhile: a source that has nothing yet and a sink that
/// takes nothing for now are asked again a millisecond later. `unavailable` once this program is
/// ending.
Result<std::size_t> take(http::Source& source, char* buffer, std::size_t capacity);
Result<void> give(http::Sink& sink, std::string_view bytes);

}  // namespace lockstep::images
