// What rights.ts answers, made of what the engine replies.

import type {
  AccessLogReply,
  ExplainReply,
  InventoryReply,
  MeasureTasksReply,
  ReportLogReply,
} from './generated/ops.js';
import {
  CARDS,
  FORMS,
  nameOf,
  OPERATIONS,
  ORIGINS,
  purposeName,
  purposeNames,
  SOURCES,
} from './profile_names.js';
import type {
  AccessRow,
  Explanation,
  Field,
  FieldValue,
  Measurements,
  Profile,
  Report,
} from './rights.js';

const HOUR_MS = 3_600_000;

type Held = InventoryReply['fields'][number];

function shownValue({ form, number, text }: Held): FieldValue {
  const value = nameOf(FORMS, form, 0);
  if (value === 'text') return text;
  return value === 'number' ? Number(number) : { currency: text, minor: Number(number) };
}

function freshnessOf({ updatedMs, expiresMs }: Held, nowMs: number): Field['freshness'] {
  if (expiresMs === 0) return 'lasting';
  const passed = (nowMs - updatedMs) / (expiresMs - updatedMs);
  if (passed < 1 / 3) return 'fresh';
  return passed < 2 / 3 ? 'ageing' : 'old';
}

function accuracyOf(held: Held, origin: (typeof ORIGINS)[number]): Field['accuracy'] {
  if (held.contradicted) return 'contradicted';
  if (origin === 'corrected') return 'corrected';
  if (origin === 'inferred') return 'guessed';
  return held.updatedMs > held.sinceMs ? 'confirmed' : 'single';
}

function fieldOf(held: Held, nowMs: number): Field {
  const origin = nameOf(ORIGINS, held.origin, 0);
  return {
    accuracy: accuracyOf(held, origin),
    card: nameOf(CARDS, held.card, 0),
    contradicted: held.contradicted,
    expiresMs: held.expiresMs,
    field: held.name,
    freshness: freshnessOf(held, nowMs),
    inferred: origin === 'inferred',
    lastUsedMs: held.lastUsedMs,
    origin,
    purposes: purposeNames(held.purposes),
    sinceMs: held.sinceMs,
    source: nameOf(SOURCES, held.source),
    updatedMs: held.updatedMs,
    value: shownValue(held),
  };
}

export const fieldsOf = ({ fields }: InventoryReply, nowMs: number): Field[] =>
  fields.map((held) => fieldOf(held, nowMs));

export function profileOf(fields: readonly Field[]): Profile {
  const of = (card: Field['card']) => fields.filter((field) => field.card === card);
  return {
    buying: of('buying'),
    engagement: of('engagement'),
    feelings: of('feelings'),
    who: of('who'),
  };
}

export function explanationOf(item: string, reply: ExplainReply): Explanation {
  return {
    contributions: reply.parts.map(({ because, code, points }) => ({
      ...(because === '' ? {} : { because }),
      code,
      points: Number(points),
    })),
    item,
    personal: reply.personal,
    score: Number(reply.score),
    ...(reply.withheld === '' ? {} : { withheld: reply.withheld }),
  };
}

export function accessRowsOf({ rows }: AccessLogReply): AccessRow[] {
  return rows.map(({ allowed, caller, hour, operation, purpose, refused }) => ({
    allowed,
    caller,
    hourMs: hour * HOUR_MS,
    operation: nameOf(OPERATIONS, operation),
    purpose: purposeName(purpose),
    refused,
  }));
}

const inWhole = (micro: number) => micro / 1_000_000;

export function measurementsOf(reply: MeasureTasksReply): Measurements {
  const { tasks, budgetMicro, spentMicro, ...times } = reply;
  return {
    ...times,
    budget: inWhole(budgetMicro),
    spent: inWhole(spentMicro),
    tasks: tasks.map(({ id: _, epsilonMicro, hasPreview, preview, ...task }) => ({
      ...task,
      epsilon: inWhole(epsilonMicro),
      preview: hasPreview ? task.labels[preview] : undefined,
    })),
  };
}

export function reportsOf({ reports }: ReportLogReply): Report[] {
  return reports.map(({ epsilonMicro, ...report }) => ({
    ...report,
    epsilon: inWhole(epsilonMicro),
  }));
}
