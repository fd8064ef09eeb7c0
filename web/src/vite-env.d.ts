/// <reference types="vite/client" />
/// <reference types="svelte" />

/** What happens in each scenario; see happenings-plugin.ts. */
declare module 'virtual:happenings' {
  const happenings: { things: string[]; scenarios: Record<string, number[]> };
  export default happenings;
}
