// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.
//
// The other end of the engine's operations, for tests and native hosts. Views in a reply point into
// what it was decoded from. Errors: as in engine/ops.h.
#pragma once

#include "engine/ops.h"

namespace baya::engine {

Result<Bytes> EncodeAboutRequest(const AboutRequest& message);
Result<AboutReply> DecodeAboutReply(ByteView bytes);

Result<Bytes> EncodeShardHistogramRequest(const ShardHistogramRequest& message);
Result<ShardHistogramReply> DecodeShardHistogramReply(ByteView bytes);

Result<Bytes> EncodeSetPackRequest(const SetPackRequest& message);
Result<SetPackReply> DecodeSetPackReply(ByteView bytes);

Result<Bytes> EncodeStartRequest(const StartRequest& message);
Result<StartReply> DecodeStartReply(ByteView bytes);

Result<Bytes> EncodeSignalsRequest(const SignalsRequest& message);
Result<SignalsReply> DecodeSignalsReply(ByteView bytes);

Result<Bytes> EncodeConsentStateRequest(const ConsentStateRequest& message);
Result<ConsentStateReply> DecodeConsentStateReply(ByteView bytes);

Result<Bytes> EncodeCreateVaultRequest(const CreateVaultRequest& message);
Result<CreateVaultReply> DecodeCreateVaultReply(ByteView bytes);

Result<Bytes> EncodeOpenVaultRequest(const OpenVaultRequest& message);
Result<OpenVaultReply> DecodeOpenVaultReply(ByteView bytes);

Result<Bytes> EncodeIngestRequest(const IngestRequest& message);
Result<IngestReply> DecodeIngestReply(ByteView bytes);

Result<Bytes> EncodeFlushRequest(const FlushRequest& message);
Result<FlushReply> DecodeFlushReply(ByteView bytes);

Result<Bytes> EncodeConfirmRequest(const ConfirmRequest& message);
Result<ConfirmReply> DecodeConfirmReply(ByteView bytes);

Result<Bytes> EncodeFailRequest(const FailRequest& message);
Result<FailReply> DecodeFailReply(ByteView bytes);

Result<Bytes> EncodeOfferSlotSecretRequest(const OfferSlotSecretRequest& message);
Result<OfferSlotSecretReply> DecodeOfferSlotSecretReply(ByteView bytes);

Result<Bytes> EncodeRecommendRequest(const RecommendRequest& message);
Result<RecommendReply> DecodeRecommendReply(ByteView bytes);

Result<Bytes> EncodeExplainRequest(const ExplainRequest& message);
Result<ExplainReply> DecodeExplainReply(ByteView bytes);

Result<Bytes> EncodeInventoryRequest(const InventoryRequest& message);
Result<InventoryReply> DecodeInventoryReply(ByteView bytes);

Result<Bytes> EncodeAccessLogRequest(const AccessLogRequest& message);
Result<AccessLogReply> DecodeAccessLogReply(ByteView bytes);

Result<Bytes> EncodeCorrectRequest(const CorrectRequest& message);
Result<CorrectReply> DecodeCorrectReply(ByteView bytes);

Result<Bytes> EncodeExportDataRequest(const ExportDataRequest& message);
Result<ExportDataReply> DecodeExportDataReply(ByteView bytes);

Result<Bytes> EncodeImportDataRequest(const ImportDataRequest& message);
Result<ImportDataReply> DecodeImportDataReply(ByteView bytes);

Result<Bytes> EncodePauseRequest(const PauseRequest& message);
Result<PauseReply> DecodePauseReply(ByteView bytes);

Result<Bytes> EncodeEraseRequest(const EraseRequest& message);
Result<EraseReply> DecodeEraseReply(ByteView bytes);

Result<Bytes> EncodeTickRequest(const TickRequest& message);
Result<TickReply> DecodeTickReply(ByteView bytes);

Result<Bytes> EncodeMeasureTasksRequest(const MeasureTasksRequest& message);
Result<MeasureTasksReply> DecodeMeasureTasksReply(ByteView bytes);

Result<Bytes> EncodeDueReportsRequest(const DueReportsRequest& message);
Result<DueReportsReply> DecodeDueReportsReply(ByteView bytes);

Result<Bytes> EncodeMakeReportRequest(const MakeReportRequest& message);
Result<MakeReportReply> DecodeMakeReportReply(ByteView bytes);

Result<Bytes> EncodeTakeUploadsRequest(const TakeUploadsRequest& message);
Result<TakeUploadsReply> DecodeTakeUploadsReply(ByteView bytes);

Result<Bytes> EncodeUploadDoneRequest(const UploadDoneRequest& message);
Result<UploadDoneReply> DecodeUploadDoneReply(ByteView bytes);

Result<Bytes> EncodeReportLogRequest(const ReportLogRequest& message);
Result<ReportLogReply> DecodeReportLogReply(ByteView bytes);

Result<Bytes> EncodeReceiptsRequest(const ReceiptsRequest& message);
Result<ReceiptsReply> DecodeReceiptsReply(ByteView bytes);

}  // namespace baya::engine
