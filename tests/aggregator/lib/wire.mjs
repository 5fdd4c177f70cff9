// A wire between Leader and Helper that can be cut after the Helper has heard, and that keeps what
// passed.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export class Wire {
  // `target`: the Helper's address. Listens on a port of its own.
  static async to(target) {
    const wire = new Wire();
    wire.passed = []; // {method, path, body, answer}
    wire.cut = () => false; // of one exchange: its answer is lost
    wire.instead = () => undefined; // of one exchange: {status, headers, body} in place of its answer
    wire.hold = async () => {}; // of one exchange: its answer waits for this
    wire.server = createServer((from, to) => wire.#pass(target, from, to));
    wire.server.listen(0, '127.0.0.1');
    await once(wire.server, 'listening');
    wire.url = `http://127.0.0.1:${wire.server.address().port}`;
    return wire;
  }

  async #pass(target, from, to) {
    const exchange = { method: from.method, path: from.url, body: await read(from) };
    const onward = request(target + from.url, { method: from.method, headers: from.headers });
    onward.on('error', () => to.destroy());
    onward.on('response', async (answer) => {
      exchange.answer = await read(answer);
      exchange.status = answer.statusCode;
      this.passed.push(exchange);
      await this.hold(exchange);
      const instead = this.instead(exchange);
      if (this.cut(exchange)) {
        to.destroy();
      } else if (instead) {
        to.writeHead(instead.status, instead.headers).end(instead.body);
      } else {
        to.writeHead(answer.statusCode, answer.headers).end(exchange.answer);
      }
    });
    onward.end(exchange.body);
  }

  end() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
