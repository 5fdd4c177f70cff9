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

// The reason with the largest share.
export function mainReason(
  { reasons, personal }: Recommendation,
  titleOf: (item: string) => string,
): string {
  const [first, ...others] = reasons;
  if (!first) return personal ? 'Chosen for you' : 'Popular right now';
  const main = others.reduce((best, next) => (next.share > best.share ? next : best), first);
  return reasonWords(main, titleOf);
}
