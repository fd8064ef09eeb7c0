/// <reference types="vite/client" />
/// <reference types="svelte" />

/** What happens in each scenario; see happenings-plugin.ts. */
declare module 'virtual:happenings' {
  const happenings: { things: string[]; scenarios: Record<string, number[]> };
  export default happenings;
}

/** The beginning of the first world, and the rules of its events; see first-visit-plugin.ts. */
declare module 'virtual:first-visit' {
  export const recording: import('./engine/prelude.ts').Recording | undefined;
  export const rules: Record<string, unknown>;
}

/** The index of lessons, and a loader for each; see lessons-plugin.ts. */
declare module 'virtual:lessons' {
  export const index: import('./learn/format/files.ts').LessonIndex;
  export const loaders: Record<string, () => Promise<{ files: import('./learn/format/files.ts').LessonFiles }>>;
}
