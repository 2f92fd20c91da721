#pragma once

#include <optional>
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

/// Whether the configuration switches a rule off; else how bad it is to break it: what the
/// configuration says, else `otherwise`, else what the rule's row says.
bool is_off(std::string_view rule, const project::Project& project);
Severity severity_of(std::string_view rule, std::optional<Severity> otherwise,
                     const project::Project& project);

/// What is wrong in one release, in words: a view of one of its declarations, of one of its images
/// at one place that declares it, of something that could not be read, or of something that is not
/// as it was recorded. Borrows the audit and its history; texts are made when they are asked for.
class Finding {
  public:
    Finding(const ReleaseVerdict& release, const Judged& judged)
        : release_(&release), judged_(&judged) {}
    Finding(const ReleaseVerdict& release, const Unread& unread)
        : release_(&release), unread_(&unread) {}
    Finding(const ReleaseVerdict& release, const JudgedImage& image, const ImageFault& fault,
            const manifest::Declaration& place)
        : release_(&release), image_(&image), image_fault_(&fault), place_(&place) {}

    Finding(const ReleaseVerdict& release, const RecordFault& fault)
        : release_(&release), record_fault_(&fault) {}

    /// Null where it is about something else.
    const Judged* judged() const { return judged_; }
    const JudgedImage* image() const { return image_; }
    const RecordFault* record_fault() const { return record_fault_; }
    /// The image that it is about, as it was named; empty where it is about something else.
    std::string image_reference() const;
    /// Where it stands; null where something could not be read, or is not as it was recorded.
    const manifest::Declaration* declaration() const {
        return judged_ != nullptr ? judged_->declaration : place_;
    }

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
    const std::string& declared() const;  // what was found; may be empty
    const std::string& expected() const;  // may be empty

  private:
    const ReleaseVerdict* release_;
    const Judged* judged_ = nullptr;
    const Unread* unread_ = nullptr;
    const JudgedImage* image_ = nullptr;
    const ImageFault* image_fault_ = nullptr;
    const manifest::Declaration* place_ = nullptr;
    const RecordFault* record_fault_ = nullptr;
};

/// What is wrong in one release, in the order in which it was read; then its images; then what is
/// no longer as it was recorded.
std::vector<Finding> findings(const ReleaseVerdict& release);

}  // namespace lockstep::verify
