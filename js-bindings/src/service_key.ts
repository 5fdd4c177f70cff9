// Where rights.ts, a file of its own, finds the way to the vault in a Baya.

export const serviceKey: unique symbol = Symbol.for('baya.service') as never;
