/** The real engine in node, behind the same interface as in the worker. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EngineModule, EngineOptions } from '@engine/tcplab.js';
import { createApi } from '../src/engine/api.ts';

const folder = process.env.TCPLAB_ENGINE_DIR ?? resolve(import.meta.dirname, '../../build/wasm');
const script = resolve(folder, 'tcplab.js');

/** Without a build of the engine, the tests that need it are left out. */
export const hasEngine = existsSync(script);

let loading: Promise<EngineModule> | undefined;
export function loadEngine(): Promise<EngineModule> {
  loading ??= import(/* @vite-ignore */ pathToFileURL(script).href).then(
    ({ default: create }: { default: (options: EngineOptions) => Promise<EngineModule> }) =>
      create({ wasmBinary: readFileSync(resolve(folder, 'tcplab.wasm')) }),
  );
  return loading;
}

export const api = createApi(loadEngine);
