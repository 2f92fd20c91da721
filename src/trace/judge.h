#pragma once

#include "project/project.h"
#include "trace/page.h"
#include "trace/seen.h"

namespace lockstep::trace {

/// The page of what was gathered. Pure: the same values give the same page.
///
/// `proved` is only what was computed: the registry's bytes have the digest; the recorded digest is
/// the registry's; Git's objects name each other. A label, an annotation, a name and an attestation
/// are `claimed`: nobody's signature is checked here.
Page judge(const Seen& seen, const project::Project& project);

}  // namespace lockstep::trace
