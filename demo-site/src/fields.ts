// The profile's fields in the person's words: what it is, where from, what for, until when.
import type { Field } from './baya.ts';
import { formatPrice } from './catalogue.ts';

export const CARDS = [
  { key: 'who', title: 'Who you are', empty: 'Nothing. The shop does not know who you are.' },
  { key: 'buying', title: 'What you buy', empty: 'Nothing yet.' },
  { key: 'engagement', title: 'What you look at', empty: 'Nothing yet.' },
  { key: 'feelings', title: 'What you like', empty: 'Nothing yet.' },
] as const;

export type CardKey = (typeof CARDS)[number]['key'];

interface Family {
  card: CardKey;
  label: (rest: string, titleOf: (item: string) => string) => string;
  value?: (value: unknown) => string;
}

const times = (value: unknown): string => (Number(value) === 1 ? 'once' : `${value} times`);
const pieces = (value: unknown): string => (Number(value) === 1 ? '1 piece' : `${value} pieces`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const FAMILIES: Record<string, Family> = {
  user: { card: 'who', label: () => 'Name you go by here' },
  group: { card: 'who', label: () => 'Group' },
  trait: { card: 'who', label: (rest) => (rest === 'email' ? 'E-mail address' : capital(rest)) },
  orders: {
    card: 'buying',
    label: (rest) => (rest === 'last_ms' ? 'Last order' : 'Orders'),
    value: (value) => (Number(value) > 1e9 ? whenText(value) : String(value)),
  },
  spent: { card: 'buying', label: () => 'Spent' },
  bought: { card: 'buying', label: (rest, titleOf) => `Bought: ${titleOf(rest)}`, value: pieces },
  cart: {
    card: 'buying',
    label: (rest, titleOf) => `In the cart: ${titleOf(rest)}`,
    value: pieces,
  },
  activity: {
    card: 'engagement',
    label: (rest) => (rest === 'pages' ? 'Pages opened' : 'Days you were here'),
  },
  page: { card: 'engagement', label: (rest) => `Page: ${rest}`, value: times },
  search: { card: 'engagement', label: (rest) => `Searched: ${rest}`, value: times },
  list: { card: 'engagement', label: (rest) => `Looked through: ${rest}`, value: times },
  viewed: {
    card: 'engagement',
    label: (rest, titleOf) => `Looked at: ${titleOf(rest)}`,
    value: times,
  },
  opinion: {
    card: 'feelings',
    label: (rest, titleOf) => titleOf(rest),
    value: (value) => (value === 'disliked' ? 'not for you' : 'you like it'),
  },
  interest: {
    card: 'feelings',
    label: (rest) => `Interest: ${rest.replace(/^(category|brand)\./, '')}`,
    value: (value) => `${Math.round(Number(value) / 10)} % of what you look at and buy`,
  },
};

export interface SplitName {
  family: string;
  rest: string;
}

export function splitName(field: string): SplitName {
  const dot = field.indexOf('.');
  return dot < 0
    ? { family: field, rest: '' }
    : { family: field.slice(0, dot), rest: field.slice(dot + 1) };
}

const familyOf = (field: string): Family | undefined => {
  const { family } = splitName(field);
  return Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
};

export const cardOf = (field: string): CardKey => familyOf(field)?.card ?? 'who';

export function labelOf(field: string, titleOf: (item: string) => string): string {
  return familyOf(field)?.label(splitName(field).rest, titleOf) ?? field;
}

function moneyText(value: object): string | undefined {
  const { minor, currency } = value as { minor?: unknown; currency?: unknown };
  if (minor === undefined || typeof currency !== 'string') return undefined;
  return formatPrice(Number(minor), currency);
}

export function valueText({ field, value }: Field): string {
  if (typeof value === 'object' && value !== null) return moneyText(value) ?? JSON.stringify(value);
  const { family, rest } = splitName(field);
  if (family === 'spent' && Number.isFinite(Number(value)) && /^[A-Z]{3}$/.test(rest)) {
    return formatPrice(Number(value), rest);
  }
  return familyOf(field)?.value?.(value) ?? String(value);
}

// The item that a field is about, for erasing it.
export function itemOf(field: string): string | undefined {
  const { family, rest } = splitName(field);
  return ['bought', 'cart', 'viewed', 'opinion'].includes(family) && rest ? rest : undefined;
}

export const isInterest = (field: string): boolean => splitName(field).family === 'interest';

export const isCorrectable = (field: string): boolean =>
  ['trait', 'user', 'group', 'interest'].includes(splitName(field).family);

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

// Milliseconds since 1970, a Date, or a text that Date reads; 0 and nothing mean `otherwise`.
export function whenText(value: unknown, otherwise = 'never'): string {
  if (value === null || value === undefined || value === 0 || value === '') return otherwise;
  const date = value instanceof Date ? value : new Date(value as number | string);
  return Number.isNaN(date.getTime()) ? String(value) : DAY.format(date);
}

const SOURCES: Record<string, string> = {
  page: 'this shop\u2019s pages',
  data_layer: 'the shop\u2019s data layer',
  import: 'your import',
  person: 'you',
  corrected: 'you',
};

export const sourceText = ({ source, inferred }: Field): string =>
  inferred ? 'worked out here from what you did' : (SOURCES[source] ?? source);

const PURPOSES: Record<string, string> = {
  store: 'keeping it for you',
  personalize: 'choosing what you see first',
  measure: 'totals',
};

export function purposeText(purpose: unknown): string {
  const list = Array.isArray(purpose) ? purpose : String(purpose ?? '').split(/[\s,|]+/);
  return list
    .filter(Boolean)
    .map((entry) => PURPOSES[String(entry)] ?? String(entry))
    .join(', ');
}
