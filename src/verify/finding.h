#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "verify/expectation.h"
#include "verify/verdict.h"

namespace lockstep::verify {

/// Settles whether what was judged breaks a rule, and which.
void apply_rules(Judged& judged, const Background& background);

/// How bad it is that something could not be read.
Severity severity_of_unread(const project::Project& project);

/// What is wrong in one release, in words: a view of one of its declarations, or of something that
/// could not be read. Borrows the audit and its history; texts are made when they are asked for.
class Finding {
  public:
    Finding(const ReleaseVerdict& release, const Judged& judged)
        : release_(&release), judged_(&judged) {}
    Finding(const ReleaseVerdict& release, const Unread& unread)
        : release_(&release), unread_(&unread) {}

    /// Null where something could not be read.
    const Judged* judged() const { return judged_; }

    std::string_view rule() const;  // id, see rules.h
    Severity severity() const;
    Fault fault() const;
    std::string release() const;  // its tag, its version, its commit, "the work tree"
    manifest::Surface surface() const;
    const std::string& root() const;
    Location at() const;
    unsigned length() const;              // 0: unknown
    const std::string& excerpt() const;   // the offending line; may be empty
    std::string object() const;           // "Deployment kube-system/descheduler"; may be empty
    std::string message() const;          // one sentence: what was found, what was expected
    std::string hint() const;             // how to fix it
    const std::string& declared() const;  // both empty where something could not be read
    const std::string& expected() const;

  private:
    const ReleaseVerdict* release_;
    const Judged* judged_ = nullptr;
    const Unread* unread_ = nullptr;
};

/// What is wrong in one release, in the order in which it was read.
std::vector<Finding> findings(const ReleaseVerdict& release);

}  // namespace lockstep::verify
