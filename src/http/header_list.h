#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "http/message.h"

struct curl_slist;

namespace lockstep::http {

/// Headers as libcurl takes them. Kept from request to request: most send what the one before sent.
class HeaderList {
  public:
    HeaderList();
    HeaderList(HeaderList&&) noexcept;
    HeaderList& operator=(HeaderList&&) noexcept;
    ~HeaderList();

    /// `invalid` where a name or a value would end its line, or is no text.
    Result<void> set(const Headers& headers);
    /// Valid until the next `set`.
    curl_slist* first();

  private:
    std::vector<std::pair<std::string, std::string>> fields_;  // that the lines were made of
    std::vector<std::string> lines_;
    std::vector<curl_slist> nodes_;
};

}  // namespace lockstep::http
