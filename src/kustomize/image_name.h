#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lockstep::kustomize {

/// An image as kustomize splits it: `host:port/path:tag@digest`. What stands before the first slash
/// is never searched for a tag.
struct ImageParts {
    std::string_view name, tag, digest;
};
ImageParts split_image(std::string_view image);

/// The `name` of an `images` entry, which is a regular expression between "^" and a pattern for tag
/// and digest, and not grouped: `a|b` matches all that begins with a. An expression that does not
/// compile matches nothing.
class ImagePattern {
  public:
    explicit ImagePattern(std::string_view name);
    ~ImagePattern();
    ImagePattern(const ImagePattern&) = delete;
    ImagePattern& operator=(const ImagePattern&) = delete;

    bool matches(std::string_view image) const;

  private:
    struct Expression;

    std::string name_;
    std::unique_ptr<Expression> expression_;  // only where the name is more than text and dots
};

}  // namespace lockstep::kustomize
