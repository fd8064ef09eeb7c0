/** The copy of an exercise that students are handed, with the page or as a file. */

/** What an exercise's author wrote so that it can be checked: right answers, and wrong ones with what they show. */
const authorOnly = ['witness', 'chaffs'];

export const copyOf = (exercise: object): object =>
  Object.fromEntries(Object.entries(exercise).filter(([key]) => !authorOnly.includes(key)));

/** Of its text, which is one of JSON. */
export const withoutAnswers = (text: string): string => JSON.stringify(copyOf(JSON.parse(text) as object));
