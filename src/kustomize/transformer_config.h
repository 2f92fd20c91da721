#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "kustomize/field_spec.h"
#include "kustomize/kustomization.h"
#include "kustomize/loader.h"

namespace lockstep::kustomize {

/// Which fields each transformer works on: kustomize's own, what `configurations` and `crds` add,
/// and what those of the bases added. Borrows everything: cheap to copy.
///
/// The lists are in kustomize's order, by kind.
struct TransformerConfig {
    using Fields = std::span<const FieldSpec>;

    Fields name_prefix, name_suffix, space;
    Fields common_labels, labels, template_labels, volume_claim_template_labels;
    Fields common_annotations, images, replicas, variables;
    std::span<const NameReferenceSpec> name_references;
};

/// kustomize's own.
TransformerConfig default_config();

/// Both together. The result lives in `arena`, unless one of them says it all.
/// Errors: `invalid` where they disagree on whether one field is created.
Result<TransformerConfig> merged(yaml::Arena& arena, const TransformerConfig& config,
                                 const TransformerConfig& more);

/// `fields` and then those of `more` that are not there yet, without sorting them. One that is
/// there for all kinds that a new one selects counts as the same.
/// Errors: as of `merged`.
Result<TransformerConfig::Fields> with_fields(yaml::Arena& arena, TransformerConfig::Fields fields,
                                              TransformerConfig::Fields more);

/// The same of targets: what names objects of one target is put together.
Result<std::span<const NameReferenceSpec>> with_references(yaml::Arena& arena,
                                                           std::span<const NameReferenceSpec> known,
                                                           std::span<const NameReferenceSpec> more);

FieldSpec field_spec(const FieldSpecEntry& entry);
TransformerConfig::Fields field_specs(yaml::Arena& arena,
                                      const std::vector<FieldSpecEntry>& entries);

/// The same in kustomize's order.
TransformerConfig::Fields sorted_fields(yaml::Arena& arena,
                                        const std::vector<FieldSpecEntry>& entries);

/// The files of `configurations`, together with kustomize's own.
/// Errors: `invalid` where kustomize refuses a file; of reading it.
Result<TransformerConfig> read_config(Build& build, const Loader& loader,
                                      const std::vector<Text>& paths);

}  // namespace lockstep::kustomize
