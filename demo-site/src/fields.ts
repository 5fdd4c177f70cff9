// The profile's fields in the person's words: what it is, where from, what for, until when.
import type { Field } from './baya.ts';
import { capital, formatPrice } from './catalogue.ts';

export const CARDS = [
  { key: 'who', title: 'Who you are', empty: 'Nothing. The shop does not know who you are.' },
  { key: 'buying', title: 'What you buy', empty: 'Nothing yet.' },
  { key: 'engagement', title: 'What you look at', empty: 'Nothing yet.' },
  { key: 'feelings', title: 'What you like', empty: 'Nothing yet.' },
] as const;

interface Family {
  label: (rest: string, titleOf: (item: string) => string) => string;
  value?: (value: unknown) => string;
}

const times = (value: unknown): string => (Number(value) === 1 ? 'once' : `${value} times`);
const pieces = (value: unknown): string => (Number(value) === 1 ? '1 piece' : `${value} pieces`);

const LISTS: Record<string, string> = {
  all: 'Looked through: everything',
  'for-you': 'Saw your shelf',
};

const FAMILIES: Record<string, Family> = {
  user: { label: () => 'Name you go by here' },
  group: { label: () => 'Group' },
  trait: { label: (rest) => (rest === 'email' ? 'E-mail address' : capital(rest)) },
  orders: {
    label: (rest) => (rest === 'last_ms' ? 'Last order' : 'Orders'),
    value: (value) => (Number(value) > 1e9 ? whenText(Number(value)) : String(value)),
  },
  spent: { label: () => 'Spent' },
  bought: { label: (rest, titleOf) => `Bought: ${titleOf(rest)}`, value: pieces },
  cart: {
    label: (rest, titleOf) => `In the cart: ${titleOf(rest)}`,
    value: pieces,
  },
  activity: {
    label: (rest) => (rest === 'pages' ? 'Pages opened' : 'Days you were here'),
  },
  page: { label: (rest) => `Page: ${rest}`, value: times },
  search: { label: (rest) => `Searched: ${rest}`, value: times },
  list: {
    label: (rest) => LISTS[rest] ?? `Looked through: ${capital(rest)}`,
    value: times,
  },
  viewed: {
    label: (rest, titleOf) => `Looked at: ${titleOf(rest)}`,
    value: times,
  },
  opinion: {
    label: (rest, titleOf) => titleOf(rest),
    value: (value) => (value === 'disliked' ? 'not for you' : 'you like it'),
  },
  interest: {
    label: (rest) => `Interest: ${capital(rest.replace(/^(category|brand)\./, ''))}`,
    value: (value) => `${Math.round(Number(value) / 10)}% of what you look at and buy`,
  },
  exploring: {
    label: (rest) => {
      const { family: what, rest: category } = splitName(rest);
      return `${TRIED[what] ?? what}: ${capital(category)}`;
    },
    value: times,
  },
  learning: { label: () => 'Learning', value: () => 'paused by you' },
  reason: {
    label: (rest, titleOf) => {
      const { family: kind, rest: name } = splitName(rest);
      if (rest === 'exploring') return 'Nothing new to try';
      return `${REASONS[kind] ?? kind} ${kind === 'item' ? titleOf(name) : name}`;
    },
    value: () => 'no reason for your shelf',
  },
};

const TRIED: Record<string, string> = {
  shown: 'Tried something new on you',
  taken: 'You took up something new',
  dismissed: 'Something new was not for you',
};

const REASONS: Record<string, string> = {
  item: 'Not because of',
  category: 'Not because of the category',
  brand: 'Not because of the brand',
  tag: 'Not because it is marked',
  word: 'Not because it is called',
  price: 'Not because of the price',
  exploring: 'Nothing new from',
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

export function labelOf(field: string, titleOf: (item: string) => string): string {
  return familyOf(field)?.label(splitName(field).rest, titleOf) ?? field;
}

export function valueText({ field, value }: Field): string {
  if (typeof value === 'object') return formatPrice(value.minor, value.currency);
  return familyOf(field)?.value?.(value) ?? String(value);
}

// The item that a field is about, for erasing it.
export function itemOf(field: string): string | undefined {
  const { family, rest } = splitName(field);
  return ['bought', 'cart', 'viewed', 'opinion'].includes(family) && rest ? rest : undefined;
}

// What the person said that can be taken back with one press.
export const isWish = (field: string): boolean =>
  ['learning', 'reason'].includes(splitName(field).family);

export const isInterest = (field: string): boolean => splitName(field).family === 'interest';

export const isCorrectable = (field: string): boolean =>
  ['trait', 'user', 'group', 'interest'].includes(splitName(field).family);

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

// `ms` since 1970; 0 is `otherwise`.
export const whenText = (ms: number, otherwise = 'never'): string =>
  ms === 0 ? otherwise : DAY.format(ms);

const SOURCES: Record<string, string> = {
  page: 'this shop\u2019s pages',
  data_layer: 'the shop\u2019s data layer',
  import: 'your import',
  person: 'you',
};

const sourceText = ({ source, inferred }: Field): string =>
  inferred ? 'what you did, worked out here' : (SOURCES[source] ?? source);

const PURPOSES: Record<string, string> = {
  store: 'keeping it for you',
  personalize: 'choosing what you see first',
  measure: 'totals',
};

export const purposeText = (purposes: readonly string[]): string =>
  purposes.map((purpose) => PURPOSES[purpose] ?? purpose).join(', ');

const FRESHNESS: Record<Field['freshness'], string> = {
  fresh: 'Fresh',
  ageing: 'Ageing',
  old: 'Old: it goes soon',
  lasting: 'Stays until you say so',
};

const ACCURACY: Record<Field['accuracy'], string> = {
  contradicted: 'you said it is wrong',
  corrected: 'your own word',
  guessed: 'a guess',
  confirmed: 'seen more than once',
  single: 'seen once',
};

// How old and how sure it is; of a count only how old, because it tells itself how often.
export function flagsText({ freshness, accuracy, value }: Field): string {
  const counted = typeof value !== 'string' && (accuracy === 'confirmed' || accuracy === 'single');
  return counted ? `${FRESHNESS[freshness]}.` : `${FRESHNESS[freshness]}, ${ACCURACY[accuracy]}.`;
}

// Where it comes from, how long it stays, what for, and when that was last made use of.
export function provenanceText(field: Field): string {
  const until = whenText(field.expiresMs, 'you say so');
  const came = `From ${sourceText(field)}, since ${whenText(field.sinceMs)}, kept until ${until}.`;
  if (field.purposes.length === 0) return `${came} Used for nothing; shown to you alone.`;
  const used = field.lastUsedMs === 0 ? 'not used yet' : `last used ${whenText(field.lastUsedMs)}`;
  return `${came} For ${purposeText(field.purposes)}; ${used}.`;
}
