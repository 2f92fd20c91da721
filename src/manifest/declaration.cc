#include "manifest/declaration.h"

namespace lockstep::manifest {

const char* to_string(Surface surface) {
    switch (surface) {
        case Surface::kustomize:
            return "kustomize";
        case Surface::helm:
            return "helm";
        case Surface::yaml:
            return "yaml";
        case Surface::text:
            return "text";
    }
    return "yaml";
}

const char* to_string(Subject subject) {
    switch (subject) {
        case Subject::image:
            return "image";
        case Subject::chart_version:
            return "chart_version";
        case Subject::app_version:
            return "app_version";
        case Subject::object_version:
            return "object_version";
        case Subject::remote_ref:
            return "remote_ref";
    }
    return "image";
}

}  // namespace lockstep::manifest
