// The one place that pins the document this room implements, and its media types.
#pragma once

#include <string_view>

namespace baya::dap {

// Section names in this room are those of this draft; it has no section numbers of its own.
inline constexpr std::string_view kDraft = "draft-ietf-ppm-dap-18";
// First part of every domain separation string. The RFC will say "dap".
inline constexpr std::string_view kVersion = "dap-18";

// "Protocol Message Media Type". A recipient compares type and `message` and ignores the rest.
inline constexpr std::string_view kHpkeConfigListType =
    "application/ppm-dap;message=hpke-config-list";
inline constexpr std::string_view kUploadReqType = "application/ppm-dap;message=upload-req";
inline constexpr std::string_view kUploadErrorsType = "application/ppm-dap;message=upload-errors";
inline constexpr std::string_view kAggregationJobInitReqType =
    "application/ppm-dap;message=aggregation-job-init-req";
inline constexpr std::string_view kAggregationJobRespType =
    "application/ppm-dap;message=aggregation-job-resp";
inline constexpr std::string_view kAggregateShareReqType =
    "application/ppm-dap;message=aggregate-share-req";
inline constexpr std::string_view kAggregateShareType =
    "application/ppm-dap;message=aggregate-share";
inline constexpr std::string_view kCollectionJobReqType =
    "application/ppm-dap;message=collection-job-req";
inline constexpr std::string_view kCollectionJobRespType =
    "application/ppm-dap;message=collection-job-resp";

}  // namespace baya::dap
