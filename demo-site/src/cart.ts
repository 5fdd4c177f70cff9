// The cart, for as long as the tab is open. Nothing is kept before something is put in.
import type { Catalogue, Product } from './catalogue.ts';

const CART_KEY = 'cart';
const ORDER_KEY = 'order';
const MOST = 20;

export interface Line {
  item: string;
  quantity: number;
  /** For somebody else: the profile is not to learn from it. */
  gift?: boolean;
}

export interface Order {
  id: string;
  lines: Line[];
  totalMinor: number;
  currency: string;
  delivery: string;
}

function read<T>(key: string, otherwise: T): T {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The browser keeps nothing for us; the cart then lasts for this page.
  }
}

let lines: Line[] | undefined;

export function cartLines(): Line[] {
  lines ??= read<Line[]>(CART_KEY, []);
  return lines;
}

export const cartCount = (): number => cartLines().reduce((sum, line) => sum + line.quantity, 0);

// 0 takes the item out.
export function setQuantity(item: string, quantity: number): void {
  const kept = Math.max(0, Math.min(MOST, Math.trunc(quantity)));
  const present = cartLines().some((line) => line.item === item);
  const changed = present
    ? cartLines().map((line) => (line.item === item ? { ...line, quantity: kept } : line))
    : [...cartLines(), { item, quantity: kept }];
  lines = changed.filter((line) => line.quantity > 0);
  write(CART_KEY, lines);
  document.dispatchEvent(new CustomEvent('cart'));
}

// What is put in for oneself as well is no gift any more.
export function addToCart(item: string, quantity: number, gift = false): void {
  const present = cartLines().find((line) => line.item === item);
  setQuantity(item, (present?.quantity ?? 0) + quantity);
  const isGift = gift && (present?.gift ?? true);
  lines = cartLines().map((line) => (line.item === item ? { ...line, gift: isGift } : line));
  write(CART_KEY, lines);
}

export function filled(catalogue: Catalogue, of: Line[]): (Line & { product: Product })[] {
  return of.flatMap((line) => {
    const product = catalogue.find(line.item);
    return product ? [{ ...line, product }] : [];
  });
}

export function totalOf(catalogue: Catalogue, of: Line[]): number {
  return filled(catalogue, of).reduce((sum, l) => sum + l.quantity * l.product.priceMinor, 0);
}

export function placeOrder(order: Order): void {
  write(ORDER_KEY, order);
  lines = [];
  write(CART_KEY, lines);
}

export const lastOrder = (): Order | undefined => read<Order | undefined>(ORDER_KEY, undefined);
