#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/parse.h"

namespace lockstep::changes {

/// Documents of YAML, alive as long as this.
class Parsed {
  public:
    explicit Parsed(std::string_view text) {
        auto parsed = yaml::Document::parse(
            "objects.yaml", std::make_shared<const std::string>(text), yaml::Dialect::resource);
        if (!parsed) throw std::runtime_error(to_string(parsed.error()));
        document_ = std::move(*parsed);
    }
    const std::vector<const yaml::Node*>& objects() const { return document_->roots(); }
    const yaml::Node& object() const { return *document_->roots().at(0); }

  private:
    std::shared_ptr<const yaml::Document> document_;
};

}  // namespace lockstep::changes
