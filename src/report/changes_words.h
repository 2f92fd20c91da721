#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "changes/upgrade.h"

/// What all formats say of an upgrade in the same words.
namespace lockstep::report {

/// "3 objects", "1 object".
std::string counted(std::size_t count, std::string_view what);

/// "kubernetes/job", "(root)".
std::string root_name(const std::string& root);

/// "deploy/a, deploy/b"; "5 entry points" where they are many.
std::string roots_of(const changes::Change& change);

/// The same of any list.
std::string named(const std::vector<std::string>& roots);

/// "v1.2.0", or the version where it has no tag.
std::string version_name(const changes::VersionNotes& notes);
/// "CHANGELOG.md:12", "nothing is written of it".
std::string source_of(const changes::VersionNotes& notes);

/// "Deployment/shop/web", and its former name or version where that is another.
std::string name_of(const changes::Change& change);

/// "added", "removed", "changed".
std::string_view word_of(changes::ObjectChange::Kind kind);
std::string_view word_of(changes::FieldChange::Kind kind);
/// "+", "-", "~", "#".
std::string_view sign_of(changes::ObjectChange::Kind kind);
std::string_view sign_of(changes::FieldChange::Kind kind);

/// "3 objects changed, 1 added, 0 removed in 3 entry points; 15 as before".
std::string summary_of(const changes::Upgrade& upgrade);

/// "1 breaking, 2 attention, 3 info", of objects and entry points; empty where there are none.
std::string weight_of(const changes::Upgrade& upgrade);

/// What is folded of one object, or of a whole upgrade: "4 fields folded: 3 × image seen above,
/// 1 × version label"; empty where nothing is.
std::string folded_in(const changes::Upgrade& upgrade);
std::string folded_in(const changes::Change& change);

}  // namespace lockstep::report
