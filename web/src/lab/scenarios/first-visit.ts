/** The world that a first visit shows. */
import text from './first-visit.json?raw';

export const firstVisit = text;
/** A fixed seed, so that a world in free play always runs the same way. */
export const freeSeed = 1;
