#pragma once

#include <stdexcept>
#include <string>

#include "cli/options.h"
#include "cli/release_setting.h"
#include "release/releaser.h"
#include "release_lab/lab.h"

/// The library in a lab, for a forked child: what fails is thrown.
namespace lockstep::release_protocol {

template <typename T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(to_string(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Where HOST:PORT of the lab's registry speaks plain HTTP, in the current directory.
inline cli::Options options_of(const release_lab::Lab& lab) {
    cli::Options options;
    const std::string name = lab.image_names().front();
    options.plain_http = {name.substr(0, name.find('/'))};
    return options;
}

/// Releases `version` to its end.
inline void release(const release_lab::Lab& lab, const std::string& version,
                    release::Observer& observer) {
    const cli::Options options = options_of(lab);
    const auto setting = value_of(cli::ReleaseSetting::open(options, observer));
    const release::Plan plan = value_of(setting->releaser().plan({.version = version}));
    value_of(setting->releaser().start(plan));
}

}  // namespace lockstep::release_protocol
