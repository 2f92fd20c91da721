#pragma once

#include <string_view>

#include "evidence/deployed.h"
#include "json/parse.h"

/// What is read of the objects of a cluster. Whatever is not there is left empty: an API server
/// checks what it stores, and who lies here lies about nothing but himself.
namespace lockstep::cluster {

/// Of a pod.
const json::Wanted& wanted_of_pods();
evidence::SeenPod pod_of(const json::Value& object);

/// Of Deployment, StatefulSet, DaemonSet, ReplicaSet, Job and CronJob.
const json::Wanted& wanted_of_workloads();
evidence::SeenWorkload workload_of(std::string_view kind, const json::Value& object);

}  // namespace lockstep::cluster
