/** How detailed the labels of arrows are, from words for readers who know no TCP to a segment's whole header. */
export const labelLevels = ['words', 'flags', 'numbers', 'all'] as const;
export type LabelLevel = (typeof labelLevels)[number];
