/** How much arrows say in a lesson, from words for who knows no TCP yet to all that a segment's header says. */
export const labelLevels = ['words', 'flags', 'numbers', 'all'] as const;
export type LabelLevel = (typeof labelLevels)[number];
