#include "report/matching.h"

namespace lockstep::report {

Matching::Matching(const verify::ReleaseVerdict& release) {
    for (const verify::Judged& judged : release.declarations) judged_.emplace(key(judged), &judged);
    for (const verify::Finding& finding : release.findings)
        if (finding.fault != verify::Fault::not_rendered) findings_.emplace(key(finding), &finding);
}

const verify::Judged* Matching::judged_of(const verify::Finding& finding) const {
    if (finding.fault == verify::Fault::not_rendered) return nullptr;
    const auto found = judged_.find(key(finding));
    return found == judged_.end() ? nullptr : found->second;
}

const verify::Finding* Matching::finding_of(const verify::Judged& judged) const {
    const auto found = findings_.find(key(judged));
    return found == findings_.end() ? nullptr : found->second;
}

Matching::Key Matching::key(const verify::Judged& judged) {
    const manifest::Declaration& declaration = *judged.declaration;
    return {declaration.surface,   declaration.root,     declaration.at.path, declaration.at.line,
            declaration.at.column, declaration.declared, judged.expected};
}

Matching::Key Matching::key(const verify::Finding& finding) {
    return {finding.surface,   finding.root,     finding.at.path, finding.at.line,
            finding.at.column, finding.declared, finding.expected};
}

Identity identity_of(const manifest::Declaration& declaration) {
    return {declaration.surface,     declaration.root,        declaration.at.path,
            declaration.object.kind, declaration.object.name, declaration.field,
            declaration.subject};
}

}  // namespace lockstep::report
