// What the build writes into the files it makes.

declare const BAYA_ENGINE_INTEGRITY: string;

/** The integrity of the dist/engine.wasm that this code was built with. */
export const engineIntegrity: string = BAYA_ENGINE_INTEGRITY;
