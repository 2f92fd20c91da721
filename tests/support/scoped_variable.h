#pragma once

#include <stdlib.h>

#include <optional>
#include <string>

namespace lockstep::testing {

/// A variable of this process's environment, set (or removed, where there is no value) and put back
/// at the end.
class ScopedVariable {
  public:
    ScopedVariable(std::string name, const std::optional<std::string>& value)
        : name_(std::move(name)) {
        if (const char* const old = ::getenv(name_.c_str())) old_ = old;
        put(value);
    }
    ~ScopedVariable() { put(old_); }
    ScopedVariable(const ScopedVariable&) = delete;
    ScopedVariable& operator=(const ScopedVariable&) = delete;

  private:
    void put(const std::optional<std::string>& value) const {
        if (value)
            ::setenv(name_.c_str(), value->c_str(), 1);
        else
            ::unsetenv(name_.c_str());
    }

    std::string name_;
    std::optional<std::string> old_;
};

}  // namespace lockstep::testing
