// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
//
// The other end of the engine's operations, for tests and native hosts. Views in a reply point into
// what it was decoded from. Errors: as in engine/ops.h.
#pragma once

#include "engine/ops.h"

namespace baya::engine {

Result<Bytes> EncodeAboutRequest(const AboutRequest& request);
Result<AboutReply> DecodeAboutReply(ByteView bytes);

Result<Bytes> EncodeShardHistogramRequest(const ShardHistogramRequest& request);
Result<ShardHistogramReply> DecodeShardHistogramReply(ByteView bytes);

Result<Bytes> EncodeSetPackRequest(const SetPackRequest& request);
Result<SetPackReply> DecodeSetPackReply(ByteView bytes);

Result<Bytes> EncodeStartRequest(const StartRequest& request);
Result<StartReply> DecodeStartReply(ByteView bytes);

Result<Bytes> EncodeSignalsRequest(const SignalsRequest& request);
Result<SignalsReply> DecodeSignalsReply(ByteView bytes);

Result<Bytes> EncodeConsentStateRequest(const ConsentStateRequest& request);
Result<ConsentStateReply> DecodeConsentStateReply(ByteView bytes);

Result<Bytes> EncodeCreateVaultRequest(const CreateVaultRequest& request);
Result<CreateVaultReply> DecodeCreateVaultReply(ByteView bytes);

Result<Bytes> EncodeOpenVaultRequest(const OpenVaultRequest& request);
Result<OpenVaultReply> DecodeOpenVaultReply(ByteView bytes);

Result<Bytes> EncodeIngestRequest(const IngestRequest& request);
Result<IngestReply> DecodeIngestReply(ByteView bytes);

Result<Bytes> EncodeFlushRequest(const FlushRequest& request);
Result<FlushReply> DecodeFlushReply(ByteView bytes);

Result<Bytes> EncodeConfirmRequest(const ConfirmRequest& request);
Result<ConfirmReply> DecodeConfirmReply(ByteView bytes);

Result<Bytes> EncodeFailRequest(const FailRequest& request);
Result<FailReply> DecodeFailReply(ByteView bytes);

Result<Bytes> EncodeOfferSlotSecretRequest(const OfferSlotSecretRequest& request);
Result<OfferSlotSecretReply> DecodeOfferSlotSecretReply(ByteView bytes);

Result<Bytes> EncodeRecommendRequest(const RecommendRequest& request);
Result<RecommendReply> DecodeRecommendReply(ByteView bytes);

Result<Bytes> EncodeExplainRequest(const ExplainRequest& request);
Result<ExplainReply> DecodeExplainReply(ByteView bytes);

Result<Bytes> EncodeProfileRequest(const ProfileRequest& request);
Result<ProfileReply> DecodeProfileReply(ByteView bytes);

Result<Bytes> EncodeInventoryRequest(const InventoryRequest& request);
Result<InventoryReply> DecodeInventoryReply(ByteView bytes);

Result<Bytes> EncodeAccessLogRequest(const AccessLogRequest& request);
Result<AccessLogReply> DecodeAccessLogReply(ByteView bytes);

Result<Bytes> EncodeCorrectRequest(const CorrectRequest& request);
Result<CorrectReply> DecodeCorrectReply(ByteView bytes);

Result<Bytes> EncodeExportDataRequest(const ExportDataRequest& request);
Result<ExportDataReply> DecodeExportDataReply(ByteView bytes);

Result<Bytes> EncodeImportDataRequest(const ImportDataRequest& request);
Result<ImportDataReply> DecodeImportDataReply(ByteView bytes);

Result<Bytes> EncodePauseRequest(const PauseRequest& request);
Result<PauseReply> DecodePauseReply(ByteView bytes);

Result<Bytes> EncodeEraseRequest(const EraseRequest& request);
Result<EraseReply> DecodeEraseReply(ByteView bytes);

Result<Bytes> EncodeTickRequest(const TickRequest& request);
Result<TickReply> DecodeTickReply(ByteView bytes);

Result<Bytes> EncodeMeasureTasksRequest(const MeasureTasksRequest& request);
Result<MeasureTasksReply> DecodeMeasureTasksReply(ByteView bytes);

Result<Bytes> EncodeDueReportsRequest(const DueReportsRequest& request);
Result<DueReportsReply> DecodeDueReportsReply(ByteView bytes);

Result<Bytes> EncodeMakeReportRequest(const MakeReportRequest& request);
Result<MakeReportReply> DecodeMakeReportReply(ByteView bytes);

Result<Bytes> EncodeTakeUploadsRequest(const TakeUploadsRequest& request);
Result<TakeUploadsReply> DecodeTakeUploadsReply(ByteView bytes);

Result<Bytes> EncodeUploadDoneRequest(const UploadDoneRequest& request);
Result<UploadDoneReply> DecodeUploadDoneReply(ByteView bytes);

Result<Bytes> EncodeReportLogRequest(const ReportLogRequest& request);
Result<ReportLogReply> DecodeReportLogReply(ByteView bytes);

}  // namespace baya::engine
