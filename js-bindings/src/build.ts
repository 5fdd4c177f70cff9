// What the build writes into the files it makes.

declare const BAYA_ENGINE_INTEGRITY: string;
declare const BAYA_REPORT_INTEGRITY: string;

/** The integrity of the dist/engine.wasm that this code was built with. */
export const engineIntegrity: string = BAYA_ENGINE_INTEGRITY;
/** Of its dist/report.wasm. */
export const reportIntegrity: string = BAYA_REPORT_INTEGRITY;
/** Of either. */
export const moduleIntegrity = `${engineIntegrity} ${reportIntegrity}`;
