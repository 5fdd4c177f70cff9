#include <algorithm>
#include <utility>

#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {

Result<Bytes> SetPack(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const SetPackRequest& decoded, DecodeSetPackRequest(request));
  crypto::ed25519::PublicKey signer{};
  std::copy(decoded.signer.begin(), decoded.signer.end(), signer.begin());
  device.measure().AllowTestTasks(decoded.test_tasks);
  BAYA_RETURN_IF_ERROR(device.SetPack(decoded.site, signer, decoded.pack, decoded.sha256));
  const pack::SitePack& pack = *device.pack();
  const crypto::Sha256Digest id = pack::PackId(pack.header());
  const OwnedEffects effects = device.TakeEffects();
  SetPackReply reply;
  reply.version = pack.header().version;
  reply.pack_id = id;
  reply.items = pack.shop() == nullptr ? 0 : pack.shop()->catalogue.size();
  reply.effects = effects.View();
  reply.store = device.State();
  return EncodeSetPackReply(reply);
}

}  // namespace baya::engine
