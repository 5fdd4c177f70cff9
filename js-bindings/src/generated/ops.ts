// Generated from wasm/ops.json by wasm/generate.mjs; edit that instead.

import type { Reader, Writer } from '../tls.js';

export const abiVersion = 1;

export type AboutRequest = Readonly<Record<never, never>>;

export interface AboutReply {
  /** of the exports and of these operations */
  readonly abiVersion: number;
  /** semantic version of the release */
  readonly packageVersion: string;
  /** name of the VDAF draft it follows */
  readonly vdafDraft: string;
  /** the version byte in the draft's domain separation tag */
  readonly vdafVersion: number;
}

export interface ShardCountRequest {
  /** application context, the same for all parties of a task */
  readonly ctx: Uint8Array;
  /** 16 bytes: public, never used twice in a task */
  readonly nonce: Uint8Array;
  /** number of aggregators, at least 2 */
  readonly shares: number;
  /** counted when true */
  readonly measurement: boolean;
}

export interface ShardCountReply {
  /** for every aggregator */
  readonly publicShare: Uint8Array;
  /** secret, one for each aggregator, the leader's first */
  readonly inputShares: readonly Uint8Array[];
}

export interface ShardHistogramRequest {
  /** application context, the same for all parties of a task */
  readonly ctx: Uint8Array;
  /** 16 bytes: public, never used twice in a task */
  readonly nonce: Uint8Array;
  /** number of aggregators, at least 2 */
  readonly shares: number;
  /** number of buckets */
  readonly length: number;
  /** buckets proved together; the square root of length is best */
  readonly chunkLength: number;
  /** the bucket, below length */
  readonly measurement: number;
}

export interface ShardHistogramReply {
  /** for every aggregator */
  readonly publicShare: Uint8Array;
  /** secret, one for each aggregator, the leader's first */
  readonly inputShares: readonly Uint8Array[];
}

/** Request and reply by the operation's name. */
export interface Operations {
  /** What this build is. */
  readonly about: {
    readonly request: AboutRequest;
    readonly reply: AboutReply;
  };
  /** Splits one Prio3Count measurement into shares. */
  readonly shardCount: {
    readonly request: ShardCountRequest;
    readonly reply: ShardCountReply;
  };
  /** Splits one Prio3Histogram measurement into shares. */
  readonly shardHistogram: {
    readonly request: ShardHistogramRequest;
    readonly reply: ShardHistogramReply;
  };
}

export type OperationName = keyof Operations;
export type RequestOf<Name extends OperationName> = Operations[Name]['request'];
export type ReplyOf<Name extends OperationName> = Operations[Name]['reply'];

export interface OperationCodec<Name extends OperationName> {
  readonly id: number;
  writeRequest(writer: Writer, request: RequestOf<Name>): void;
  readReply(reader: Reader): ReplyOf<Name>;
}

export const operations: { readonly [Name in OperationName]: OperationCodec<Name> } = {
  about: {
    id: 1,
    writeRequest() {},
    readReply(reader) {
      return {
        abiVersion: reader.uint32(),
        packageVersion: reader.string8(),
        vdafDraft: reader.string8(),
        vdafVersion: reader.uint8(),
      };
    },
  },
  shardCount: {
    id: 2,
    writeRequest(writer, request) {
      writer.opaque16(request.ctx);
      writer.raw(request.nonce, 16);
      writer.uint8(request.shares);
      writer.bool(request.measurement);
    },
    readReply(reader) {
      return {
        publicShare: reader.opaque32(),
        inputShares: reader.vector32((inner) => inner.opaque32()),
      };
    },
  },
  shardHistogram: {
    id: 3,
    writeRequest(writer, request) {
      writer.opaque16(request.ctx);
      writer.raw(request.nonce, 16);
      writer.uint8(request.shares);
      writer.uint32(request.length);
      writer.uint32(request.chunkLength);
      writer.uint32(request.measurement);
    },
    readReply(reader) {
      return {
        publicShare: reader.opaque32(),
        inputShares: reader.vector32((inner) => inner.opaque32()),
      };
    },
  },
};
