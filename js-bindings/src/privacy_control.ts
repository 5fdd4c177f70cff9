// Global Privacy Control (W3C): navigator.globalPrivacyControl.

/** Only `true` asserts it; a browser without it asserts nothing. */
export function globalPrivacyControl(): boolean {
  try {
    return (navigator as { globalPrivacyControl?: unknown }).globalPrivacyControl === true;
  } catch {
    return false;
  }
}
