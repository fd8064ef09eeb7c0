/** In µs: the first world stops here for the reader to act: the handshake's third segment has just passed its label. */
export const touchHere = 146_000;
