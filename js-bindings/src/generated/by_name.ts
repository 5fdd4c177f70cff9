// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import type { Operation } from '../tls.js';
import type { OperationName, ReplyOf, RequestOf } from './ops.js';
import * as ops from './ops.js';

export const operations: {
  readonly [Name in OperationName]: Operation<RequestOf<Name>, ReplyOf<Name>>;
} = {
  about: ops.about,
  shardHistogram: ops.shardHistogram,
  setPack: ops.setPack,
  start: ops.start,
  signals: ops.signals,
  consentState: ops.consentState,
  createVault: ops.createVault,
  openVault: ops.openVault,
  ingest: ops.ingest,
  flush: ops.flush,
  confirm: ops.confirm,
  fail: ops.fail,
  offerSlotSecret: ops.offerSlotSecret,
  recommend: ops.recommend,
  explain: ops.explain,
  inventory: ops.inventory,
  accessLog: ops.accessLog,
  correct: ops.correct,
  exportData: ops.exportData,
  importData: ops.importData,
  pause: ops.pause,
  erase: ops.erase,
  tick: ops.tick,
  measureTasks: ops.measureTasks,
  dueReports: ops.dueReports,
  makeReport: ops.makeReport,
  takeUploads: ops.takeUploads,
  uploadDone: ops.uploadDone,
  reportLog: ops.reportLog,
  receipts: ops.receipts,
};
