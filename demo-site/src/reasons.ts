// Why something is on the shelf, in words.
import type { Reason, Recommendation } from './baya.ts';
import { capital } from './catalogue.ts';

type Words = (because: string) => string;

const WORDS: Record<string, Words> = {
  bought_together: (item) => `Often bought with ${item}`,
  just_viewed: (item) => `Goes with ${item}, which you just looked at`,
  bought_again: () => 'You may need it again',
  likes_category: (category) => `You often choose ${capital(category)}`,
  likes_brand: (brand) => `You often choose ${brand}`,
  likes_tag: (tag) => `You often choose what is marked ${tag}`,
  likes_word: (word) => `You often choose things called \u201c${word}\u201d`,
  likes_price: () => 'In the price range you often choose',
  popular: () => 'Popular right now',
  trending: () => 'More and more people choose it',
  exploring: (category) => `Something new to try: ${capital(category)}`,
  promoted: (reason) => `Promoted by the shop: ${reason}`,
  variety: () => 'Much like something else on this shelf',
};

// What a reason is about: an item for some codes, an attribute's name for others.
export function reasonWords(
  { code, because = '' }: Pick<Reason, 'code' | 'because'>,
  titleOf: (item: string) => string,
): string {
  const words = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  const isItem = code === 'bought_together' || code === 'just_viewed';
  return words ? words(isItem ? titleOf(because) : because) : 'Chosen for you';
}

// What the person can say is no reason, by the name that `correct` knows; '' for what is nobody's.
export function reasonField(
  { code, because = '' }: Pick<Reason, 'code' | 'because'>,
  item: string,
) {
  if (code === 'bought_together') return `reason.item.${because}`;
  if (code === 'bought_again') return `reason.item.${item}`;
  if (code === 'exploring') return `reason.exploring.${because}`;
  return code.startsWith('likes_') ? `reason.${code.slice('likes_'.length)}.${because}` : '';
}

export interface MainReason {
  words: string;
  field: string;
}

/** The category that the place tries out. */
export const exploredBy = ({ reasons }: Pick<Recommendation, 'reasons'>): string | undefined =>
  reasons.find(({ code }) => code === 'exploring')?.because;

// The reason with the largest share, but for trying out, which explains the place better than any.
export function mainReason(
  { item, reasons, personal }: Recommendation,
  titleOf: (item: string) => string,
): MainReason {
  const [first, ...others] = reasons;
  if (!first) return { words: personal ? 'Chosen for you' : 'Popular right now', field: '' };
  const main =
    first.code === 'exploring'
      ? first
      : others.reduce((best, next) => (next.share > best.share ? next : best), first);
  return { words: reasonWords(main, titleOf), field: reasonField(main, item) };
}
