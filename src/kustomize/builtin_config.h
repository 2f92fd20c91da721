#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "kustomize/build.h"
#include "kustomize/decode.h"
#include "kustomize/loose_form.h"

namespace lockstep::kustomize {

struct ObjectName {
    Text name, space;
};

/// An object that configures a builtin transformer or generator, under way to its decoder.
class BuiltinConfig {
  public:
    /// Uses `object` up. `unsupported` for what is no builtin: functions, Go plugins, programs.
    static Result<BuiltinConfig> open(Build& build, const Resource& object);

    std::string_view kind() const { return root_->text_of("kind"); }
    yaml::Node& root() { return *root_; }
    yaml::Arena& arena() { return *arena_; }

    /// Decodes a field into `into`, which stays as it is where the field is missing or null.
    /// Returns whether it is there.
    template <typename T>
    Result<bool> read(std::string_view name, T& into) {
        yaml::Node* const field = TRY(find_field(*root_, name));
        if (field == nullptr || field->is_null()) return false;
        TRY(loosen(*arena_, *field, As<T>{}));
        TRY(decode(*field, into));
        return true;
    }

    /// The name and the namespace of the object itself, which some builtins use.
    Result<ObjectName> object_name();

    /// An error about the object as a whole: "LabelTransformer `name` <what>".
    std::unexpected<Error> refuse(const std::string& what, std::string hint = {},
                                  Error::Kind kind = Error::Kind::invalid) const;

  private:
    BuiltinConfig(yaml::Arena& arena, yaml::Node& root) : arena_(&arena), root_(&root) {}

    yaml::Arena* arena_;
    yaml::Node* root_;
};

}  // namespace lockstep::kustomize
