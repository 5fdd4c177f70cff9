// The site pack in use, and which ones may follow it.

#include <algorithm>
#include <utility>

#include "engine/device.h"

namespace baya::engine {

Status Device::SetPack(std::string_view site, const crypto::ed25519::PublicKey& signer,
                       ByteView file, ByteView sha256) {
  pack::Trust trust = trust_;
  trust.pinned_key = signer;
  if (trust.site.empty()) {
    BAYA_ASSIGN_OR_RETURN(const pack::Header& header, pack::ParseHeader(file));
    trust.site = site.empty() ? header.site : site;
  }
  if (!site.empty() && site != trust.site) {
    return kError<StatusCode::kPermissionDenied, "the site pack belongs to another site">;
  }
  BAYA_ASSIGN_OR_RETURN(auto&& pack, pack::SitePack::Open(file, trust, sha256));
  SitePlan plan = EmptySitePlan(pack.shop() ? pack.shop()->catalogue.currency() : "XXX");
  if (const std::optional<ByteView> section = pack.Section(pack::SectionType::kPlan)) {
    BAYA_ASSIGN_OR_RETURN(plan, ParseSitePlan(*section));
  }
  BAYA_ASSIGN_OR_RETURN(auto&& tasks, TasksOf(pack));
  shelf_.reset();
  pack_ = std::move(pack);
  plan_ = std::move(plan);
  measure_.SetTasks(std::move(tasks), plan_);
  trust_ = pack::After(pack_->header(), std::move(trust));
  pack_outdated_ = false;
  BAYA_RETURN_IF_ERROR(MakeShelf());
  BAYA_ASSIGN_OR_RETURN(auto&& intake, profile::Intake::Create(plan_.data));
  intake_ = std::move(intake);
  BAYA_ASSIGN_OR_RETURN(const std::vector<consent::Change>& changes, desk_.SetPlan(plan_));
  BAYA_RETURN_IF_ERROR(ReloadProfile());
  if (store_.Keeps()) BAYA_RETURN_IF_ERROR(WriteSettings());
  return started_ ? CarryOutAll(changes) : OkStatus();
}

Status Device::MakeShelf() {
  if (pack_->shop() == nullptr) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(shelf_, Shelf::Create(*pack_, plan_));
  return OkStatus();
}

Shelf* Device::shelf() { return shelf_ && !pack_outdated_ ? &*shelf_ : nullptr; }

// A pack that was set before the vault told which ones were accepted is judged now.
void Device::TakeFloor(const PackFloor& floor) {
  const pack::Trust stored = TrustFrom(floor, trust_.pinned_key);
  if (floor.highest_version == 0 || FloorOf(trust_) == floor) return;
  pack_outdated_ = !pack::CheckTrust(pack_->header(), stored).ok();
  trust_ = pack_outdated_ ? stored : pack::After(pack_->header(), stored);
}

}  // namespace baya::engine
