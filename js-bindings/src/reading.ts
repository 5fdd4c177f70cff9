// What the pages for rights.ts read of the engine, in its own operations: encoded and decoded here, so
// that the worker of every page need not know them.

import type { Requester } from './requests.js';
import { decode, encode, type Operation } from './tls.js';

export async function read<Request, Reply>(
  ask: Requester,
  operation: Operation<Request, Reply>,
  request: Request,
): Promise<Reply> {
  const asked = encode(operation.request, request);
  return decode(operation.reply, await ask({ name: 'read', op: operation.id, request: asked }));
}
