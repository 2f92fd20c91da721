#pragma once

#include <cstddef>
#include <string_view>

#include "http/message.h"

namespace lockstep::http {

/// A body out of a text, which is borrowed.
class TextSource final : public Source {
  public:
    explicit TextSource(std::string_view text) : text_(text) {}

    Result<std::size_t> read(char* buffer, std::size_t capacity) override;
    bool rewind() override;

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace lockstep::http
