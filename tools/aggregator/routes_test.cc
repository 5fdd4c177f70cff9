#include "aggregator/routes.h"

#include <gtest/gtest.h>

#include <string>

#include "codec/base64url.h"
#include "dap/draft.h"

namespace baya::aggregator {
namespace {

using tools::http::Request;

// The draft's example of "HTTP Usage".
constexpr char kTask[] = "8BY0RzZMzxvA46_8ymhzycOB9krN-QIGYvg_RsByGec";
constexpr char kJob[] = "lc7aUeGpdSNosNlh-UZhKA";

std::string Path(const std::string& rest) { return std::string("/tasks/") + kTask + rest; }

TEST(Routes, ResourcesOfATask) {
  const Route creation = FindRoute(Path("/aggregation_jobs"), "");
  EXPECT_EQ(creation.resource, Resource::kAggregationJobs);
  EXPECT_EQ(codec::EncodeBase64Url(creation.task), kTask);
  EXPECT_FALSE(creation.id);
  const Route job = FindRoute(Path("/aggregation_jobs/") + kJob, "");
  ASSERT_TRUE(job.id);
  EXPECT_EQ(codec::EncodeBase64Url(*job.id), kJob);
  EXPECT_EQ(FindRoute(Path("/reports"), "").resource, Resource::kReports);
  EXPECT_EQ(FindRoute(Path("/collection_jobs"), "").resource, Resource::kCollectionJobs);
  EXPECT_EQ(FindRoute(Path("/aggregate_shares"), "").resource, Resource::kAggregateShares);
  EXPECT_EQ(FindRoute("/hpke_config", "").resource, Resource::kHpkeConfig);
}

TEST(Routes, BelowAPathAndWithoutIt) {
  for (const char* before : {"/api/dap", ""}) {
    const Route route = FindRoute(before + Path("/aggregation_jobs/") + kJob, "/api/dap");
    EXPECT_EQ(route.resource, Resource::kAggregationJobs);
    EXPECT_EQ(ResourcePath("/api/dap", route, *route.id),
              "/api/dap" + Path("/aggregation_jobs/") + kJob);
  }
}

TEST(Routes, WhatIsNone) {
  const std::string job = Path("/aggregation_jobs/") + kJob;
  for (const std::string& path :
       {std::string(), std::string("/"), std::string("/tasks"), std::string("/tasks/"), Path(""),
        Path("/"), Path("/jobs"), Path("/reports/"), Path("/reports/") + kJob, job + "/", job + "x",
        job + "/x", Path("/aggregation_jobs/AAAA"), std::string("/tasks/AAAA/reports"),
        std::string("/hpke_config/"), "/x" + Path("/reports")}) {
    EXPECT_EQ(FindRoute(path, "").resource, Resource::kNone) << path;
  }
}

Request WithHeader(const std::string& name, const std::string& value) {
  return {"POST", "/", {{name, value}}, ""};
}

TEST(Routes, MediaTypes) {
  for (const char* type :
       {"application/ppm-dap;message=upload-req", "application/ppm-dap; message=upload-req",
        "Application/PPM-DAP;Message=upload-req;version=18",
        "application/ppm-dap;version=18;message=\"upload-req\""}) {
    EXPECT_TRUE(HasMediaType(WithHeader("content-type", type), dap::kUploadReqType)) << type;
  }
  for (const char* type :
       {"", "application/ppm-dap", "application/ppm-dap;message=upload-request",
        "application/ppm-dapper;message=upload-req", "text/plain;message=upload-req",
        "application/ppm-dap;message=collection-job-req"}) {
    EXPECT_FALSE(HasMediaType(WithHeader("Content-Type", type), dap::kUploadReqType)) << type;
  }
}

TEST(Routes, BearerToken) {
  const crypto::Sha256Digest hash = crypto::Sha256(AsBytes("secret"));
  EXPECT_TRUE(IsAuthorized(WithHeader("authorization", "Bearer secret"), hash));
  for (const char* value : {"", "Bearer", "Bearer ", "secret", "Bearer secreT", "Basic secret"}) {
    EXPECT_FALSE(IsAuthorized(WithHeader("Authorization", value), hash)) << value;
  }
}

}  // namespace
}  // namespace baya::aggregator
