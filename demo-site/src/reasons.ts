// Why something is on the shelf, in words.
import type { Reason, Recommendation } from './baya.ts';

type Words = (because: string) => string;

const plain = (attribute: string): string =>
  attribute.replace(/^(category|brand|tag)[.:=]\s*/, '').trim();

const WORDS: Record<string, Words> = {
  bought_together: (item) => `Because you chose ${item}`,
  history: (item) => `Because you chose ${item}`,
  because_bought: (item) => `Because you bought ${item}`,
  because_viewed: (item) => `Because you looked at ${item}`,
  because_liked: (item) => `Because you like ${item}`,
  bought_again: () => 'You may need it again',
  buy_again: () => 'You may need it again',
  likes_category: (attribute) => `You often choose ${plain(attribute)}`,
  likes_brand: (attribute) => `You often choose ${plain(attribute)}`,
  likes_attribute: (attribute) => `You often choose ${plain(attribute)}`,
  likes_tag: (attribute) => `You often choose ${plain(attribute)}`,
  likes_word: (attribute) => `You often choose \u201c${plain(attribute)}\u201d`,
  likes_price: () => 'In the price range you often choose',
  attribute: (attribute) => `You often choose ${plain(attribute)}`,
  popular: () => 'Popular right now',
  trending: () => 'More and more people choose it',
};

const NEEDS_BECAUSE = /^(bought_together|history|because_|likes_|attribute)/;

export function reasonWords({ code, because }: Reason, titleOf: (item: string) => string): string {
  const words = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  if (!words) return 'Chosen on this device';
  if (because === undefined) {
    return NEEDS_BECAUSE.test(code) ? 'From what you chose before' : words('');
  }
  return words(titleOf(because));
}

// The reason with the largest share.
export function mainReason(
  { reasons, personal }: Recommendation,
  titleOf: (item: string) => string,
): string {
  const [first, ...others] = reasons;
  if (!first) return personal ? 'Chosen on this device' : 'Popular right now';
  const main = others.reduce((best, next) => (next.share > best.share ? next : best), first);
  return reasonWords(main, titleOf);
}
