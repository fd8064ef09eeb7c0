/** The session that components of a workspace show; each workspace provides its own. */
import { createContext } from 'svelte';
import type { LabSession } from './session.svelte.ts';

export const [useSession, provideSession] = createContext<LabSession>();
