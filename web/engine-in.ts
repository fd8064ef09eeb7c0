/** Runs the engine in node, for the data that the page takes from it at build time. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EngineModule, EngineOptions } from '@engine/tcplab.js';
import { createApi, type EngineApi } from './src/engine/api.ts';

export async function engineIn(folder: string): Promise<EngineApi> {
  const { default: create } = (await import(pathToFileURL(resolve(folder, 'tcplab.js')).href)) as {
    default: (options: EngineOptions) => Promise<EngineModule>;
  };
  const module = await create({ wasmBinary: readFileSync(resolve(folder, 'tcplab.wasm')) });
  return createApi(() => Promise.resolve(module));
}
