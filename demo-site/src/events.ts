// Segment's e-commerce events, as the shop sends them.
import { type Ack, type Recommendation, track } from './baya.ts';
import type { Line, Order } from './cart.ts';
import { filled } from './cart.ts';
import type { Catalogue, Product } from './catalogue.ts';
import { exploredBy } from './reasons.ts';

export function properties(product: Product): Record<string, string | number> {
  return {
    product_id: product.item,
    name: product.title,
    category: product.categories[0] ?? '',
    brand: product.brand,
    price: product.priceMinor / 100,
    currency: product.currency,
  };
}

// The profile counts the view of a list, not each product on it.
export const listViewed = (list: string, category: string): Promise<Ack> =>
  track('Product List Viewed', category ? { list_id: list, category } : { list_id: list });

// The shop's own shelf, and what was on it: whether that is bought then tells if the shelf is any good,
// and whether it was right to try out what is new to the person.
export const shelfShown = (shelf: Recommendation[]): Promise<Ack> =>
  track('Product List Viewed', {
    list_id: 'for-you',
    products: shelf.map((entry) => ({
      product_id: entry.item,
      exploring: exploredBy(entry) ?? null,
    })),
  });

export const clicked = (product: Product): Promise<Ack> =>
  track('Product Clicked', properties(product));

export const viewed = (product: Product): Promise<Ack> =>
  track('Product Viewed', properties(product));

export const added = (product: Product, quantity: number, gift = false): Promise<Ack> =>
  track('Product Added', { ...properties(product), quantity, gift });

export const removed = (product: Product, quantity: number): Promise<Ack> =>
  track('Product Removed', { ...properties(product), quantity });

export const searched = (query: string): Promise<Ack> => track('Products Searched', { query });

export const liked = (product: Product): Promise<Ack> =>
  track('Product Liked', { product_id: product.item });

export const disliked = (product: Product): Promise<Ack> =>
  track('Product Disliked', { product_id: product.item });

// The order's own id keeps a reloaded confirmation from counting twice.
export function ordered(catalogue: Catalogue, order: Order): Promise<Ack> {
  const products = filled(catalogue, order.lines).map(
    ({ product, quantity, gift = false }: Line & { product: Product }) => ({
      ...properties(product),
      quantity,
      gift,
    }),
  );
  return track(
    'Order Completed',
    { order_id: order.id, total: order.totalMinor / 100, currency: order.currency, products },
    { messageId: order.id },
  );
}
