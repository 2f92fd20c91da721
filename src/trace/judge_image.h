#pragma once

#include <vector>

#include "trace/page.h"
#include "trace/seen.h"
#include "verify/expectation.h"
#include "verify/image_claims.h"
#include "verify/image_origin.h"
#include "verify/verdict.h"

namespace lockstep::trace {

/// What the lines of one image are judged by. Borrows all of it.
struct ImageContext {
    const Seen& seen;
    const verify::Background& background;
    const evidence::Release* release = nullptr;       // null: none is known
    const verify::ReleaseVerdict* verdict = nullptr;  // of that release
    verify::Origin origin = {};                       // that release, as images are held against it
    bool is_pinned = false;  // by that release: it names the image by digest
};

/// What it means that no record was found, and why.
Line no_record(const Seen& seen, std::string detail);

/// Whether which image it is could be told, so that what was not found is certainly not there.
bool is_known(const TracedImage& image);

/// The image itself, and the tags that stand for it.
void add_image(const TracedImage& image, const ImageContext& context, std::vector<Line>& lines);
/// What was recorded of it.
void add_image_records(const TracedImage& image, const ImageContext& context,
                       std::vector<Line>& lines);
/// Places of every release that name it.
void add_manifests(const TracedImage& image, const ImageContext& context, std::vector<Line>& lines);
/// What it says of itself.
void add_labels(const TracedImage& image, const ImageContext& context, std::vector<Line>& lines);
/// What others say of it: attestations and signatures.
void add_attachments(const TracedImage& image, const ImageContext& context,
                     std::vector<Line>& lines);

/// What a claim is worth, held against the release on the page: never more than claimed.
struct Answer {
    State state = State::claimed;
    std::string detail;  // "the commit of v1.2.0"
};
Answer judge_commit(const verify::Claim& claim, const ImageContext& context);

}  // namespace lockstep::trace
