#pragma once

#include <string>

/// The completion script of a shell, made from the option tables.
namespace lockstep::cli {

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace lockstep::cli
