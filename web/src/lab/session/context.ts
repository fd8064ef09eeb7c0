/** The session that the components around here show; each workspace sets its own. */
import { createContext } from 'svelte';
import type { LabSession } from './session.svelte.ts';

export const [useSession, provideSession] = createContext<LabSession>();
