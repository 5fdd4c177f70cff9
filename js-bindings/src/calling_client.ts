// A Client that also calls single operations by their names.

import { Client as Base, type ClientOptions } from './client.js';
import { operations } from './generated/by_name.js';
import type { OperationName, ReplyOf, RequestOf } from './generated/ops.js';
import { asBayaError, BayaError } from './status.js';
import { decode, encode } from './tls.js';

/** Every promise rejects with a BayaError and nothing else; nothing is thrown into the page. */
export class Client extends Base {
  /** `unavailable` when a file cannot be loaded, `dataLoss` when it is not this release's. */
  static override start(options: ClientOptions): Promise<Client> {
    return new Client().started(options);
  }

  async call<Name extends OperationName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<ReplyOf<Name>> {
    if (!Object.keys(operations).includes(name)) {
      throw new BayaError('unimplemented', 'this build has no such operation');
    }
    const operation = operations[name];
    try {
      const reply = await this.callBytes(operation.id, encode(operation.request, request));
      return decode(operation.reply, reply);
    } catch (error) {
      throw asBayaError(error);
    }
  }
}
