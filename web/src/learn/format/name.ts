/** Ids of lessons, beats, terms and exercises, with the same rules as in the engine's formats. */
import * as v from 'valibot';

export const idForm = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
export const Id = v.pipe(v.string(), v.regex(idForm));
