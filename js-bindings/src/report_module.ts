// The second module, which makes the reports of an engine: loaded when one is due.

import { reportIntegrity } from './build.js';
import { Engine } from './engine.js';
import { EngineModule, type FillRandom } from './loader.js';

/** From then on `engine` can make reports. `wasm`: the report.wasm of this release. */
export async function loadReports(
  engine: EngineModule,
  wasm: Uint8Array,
  fillRandom?: FillRandom,
): Promise<void> {
  const module = await EngineModule.load(wasm, reportIntegrity, fillRandom);
  const maker = Engine.open(module);
  engine.reports = (op, request) => maker.callBytes(op, request);
}
