// Runs the demonstration until it is stopped: shop, leader and helper.
//
//   node run.mjs --folder DIR --interactions FILE --from DAY --until DAY [--port 8080]
//
// Before the shop opens, the customers of FILE are replayed as devices, and what they add up to is
// collected for the dashboard.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { collect, replay, startAggregators, tasksOf, writeCollected } from './aggregation.mjs';
import { startShop } from './serve.mjs';

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string' },
    interactions: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
    port: { type: 'string', default: '8080' },
  },
});

const data = join(options.folder, 'data');
const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const stop = await startAggregators(options.folder);
try {
  const { devices } = await replay(options.folder, options);
  if (!existsSync(join(data, 'collected/index.json'))) {
    const tasks = tasksOf(options.folder).filter(({ policy }) => policy === 'production');
    writeCollected(
      join(data, 'collected'),
      tasks.map((task) => collect(options.folder, task, options)),
    );
  }
  const baya = join(dirname(fileURLToPath(import.meta.url)), '../js-bindings/dist');
  const shop = await startShop({ data, baya, port: Number(options.port) });
  console.log(`The shop is at ${shop.origin}/`);
  console.log(
    `What visitors add up to: ${shop.origin}/dashboard.html (${devices} replayed customers)`,
  );
  console.log('Leader and helper run on this machine, too: that gives no privacy between them.');
  await stopped;
  await shop.close();
} finally {
  await stop();
}
