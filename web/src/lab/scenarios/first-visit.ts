/** The world that a first visit shows. */
import text from './first-visit.json?raw';

export const firstVisit = text;
/** Free play is repeatable: the same world always draws the same chances. */
export const freeSeed = 1;
