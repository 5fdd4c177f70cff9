// Structures of draft-ietf-ppm-dap-18, written from the draft alone: shares no code with the
// project.

export const COLLECTOR = 0;
export const CLIENT = 1;
export const LEADER = 2;
export const HELPER = 3;

export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  take(length) {
    if (this.at + length > this.bytes.length) throw new Error('the message is too short');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  number(width) {
    return Number(BigInt(`0x${this.take(width).toString('hex')}`));
  }
  opaque(width) {
    return this.take(this.number(width));
  }
  end() {
    if (this.at !== this.bytes.length) throw new Error('something is left over');
  }
}

export function number(width, value) {
  return Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(2 * width, '0'),
    'hex',
  );
}

export const opaque = (width, bytes) => Buffer.concat([number(width, bytes.length), bytes]);

// "Basic Type Definitions"

function readCiphertext(reader) {
  return { configId: reader.number(1), enc: reader.opaque(2), payload: reader.opaque(4) };
}

export function decodeCiphertext(bytes) {
  const reader = new Reader(bytes);
  const ciphertext = readCiphertext(reader);
  reader.end();
  return ciphertext;
}

// "Upload Request": one report.
export function decodeReport(body) {
  const reader = new Reader(body);
  const id = reader.take(16);
  const time = reader.number(8);
  const extensions = reader.opaque(2);
  const metadata = body.subarray(0, reader.at);
  const report = {
    id,
    time,
    extensions,
    metadata,
    publicShare: reader.opaque(4),
    leader: readCiphertext(reader),
    helper: readCiphertext(reader),
  };
  reader.end();
  return report;
}

// "Task Configuration" and "Prio3Histogram".
export function decodeTaskConfiguration(bytes) {
  const reader = new Reader(bytes);
  const configuration = {
    taskInfo: reader.opaque(1),
    leader: reader.opaque(2).toString(),
    helper: reader.opaque(2).toString(),
    timePrecision: reader.number(8),
    minBatchSize: reader.number(8),
    batchMode: reader.number(1),
    batchConfig: reader.opaque(2),
    vdafType: reader.number(4),
    vdafConfiguration: reader.opaque(2),
    extensions: reader.opaque(2),
  };
  reader.end();
  const histogram = new Reader(configuration.vdafConfiguration);
  configuration.length = histogram.number(4);
  configuration.chunkLength = histogram.number(4);
  histogram.end();
  return configuration;
}

// "Collection Job Initialization" with a time interval.
export function encodeCollectionJobReq(start, duration) {
  const interval = Buffer.concat([number(8, start), number(8, duration)]);
  return Buffer.concat([
    number(1, 1),
    opaque(2, interval),
    opaque(4, Buffer.alloc(0)),
    opaque(2, Buffer.alloc(0)),
  ]);
}

// "Obtaining Aggregate Shares"
export function encodeAggregateShareReq(collectionJobReq, start, duration, count, checksum) {
  const interval = Buffer.concat([number(8, start), number(8, duration)]);
  return Buffer.concat([
    collectionJobReq,
    number(1, 1),
    opaque(2, interval),
    number(8, count),
    checksum,
  ]);
}

export function decodeCollectionJobResp(bytes) {
  const reader = new Reader(bytes);
  const response = {
    reportCount: reader.number(8),
    start: reader.number(8),
    duration: reader.number(8),
    leader: readCiphertext(reader),
    helper: readCiphertext(reader),
  };
  reader.end();
  return response;
}
