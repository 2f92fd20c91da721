#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "images/endpoint.h"
#include "images/registry.h"

namespace lockstep::images {

/// What reading and writing have in common.
struct Registry::State {
    std::string title;
    RegistryOptions options;
    std::vector<std::unique_ptr<Endpoint>> mirrors;
    std::unique_ptr<Endpoint> origin;

    /// A call to read from `repository` at `endpoint`.
    static Call reading(const Endpoint& endpoint, http::Method method, std::string_view repository,
                        std::string_view path);
    /// A call to write into `repository` at the registry itself.
    Call writing(http::Method method, std::string_view repository, std::string_view path) const;

    /// The mirrors, then the registry itself.
    std::vector<Endpoint*> readers() const;
};

inline bool is_success(int status) {
    return status >= 200 && status <= 299;
}

/// "repository:NAME:pull".
std::string pull_scope(std::string_view repository);
std::string push_scope(std::string_view repository);

}  // namespace lockstep::images
