/** The student's record in the browser's storage, or in memory if the storage does not take it. */
import * as v from 'valibot';
import { load, onStored, store, type Stored } from '../app/storage.ts';
import type { Exposure } from './exposure.ts';
import { emptyRecord, StudentRecord, withExposure } from './record.ts';

const key = 'mastery';
/** What the browser's storage did not take. */
let memory: StudentRecord | undefined;

export function studentRecord(): StudentRecord {
  if (memory) return memory;
  try {
    const found = v.safeParse(StudentRecord, JSON.parse(load(key) ?? ''));
    return found.success ? found.output : emptyRecord;
  } catch {
    return emptyRecord;
  }
}

export function keepRecord(record: StudentRecord): Stored {
  const stored = store(key, JSON.stringify(record));
  memory = stored === 'kept' ? undefined : record;
  return stored;
}

/** Reads the stored record first, as another tab may have added answers meanwhile. */
export const keepExposure = (exposure: Exposure): Stored => keepRecord(withExposure(studentRecord(), exposure));

export const onRecord = (listener: () => void): (() => void) => onStored(key, listener);
