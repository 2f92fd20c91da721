#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

/// How SARIF wants texts.
namespace lockstep::report {

/// A path as the relative URI reference that it is in SARIF.
std::string uri_of(std::string_view path);

/// Plain text in which no viewer sees a link ("[text](target)").
std::string message_text(std::string_view text);

/// FNV-1a: the same finding has the same fingerprint on every machine.
std::string fingerprint(std::initializer_list<std::string_view> parts);

}  // namespace lockstep::report
