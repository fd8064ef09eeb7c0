/** In µs: the first world plays to where the handshake's third segment has passed its own words, and waits to be touched. */
export const touchHere = 146_000;
