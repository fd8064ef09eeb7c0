/** What a lesson, a beat, a term or an exercise may be called: as the engine's formats have it, so that both agree. */
import * as v from 'valibot';

export const idForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
export const Id = v.pipe(v.string(), v.regex(idForm));
