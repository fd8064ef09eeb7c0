/** The engine in a worker: passes JSON in and out of WebAssembly, validated and in small pieces. */
import createEngine, { type EngineModule } from '@engine/tcplab.js';
import wasmAddress from '@engine/tcplab.wasm?url';
import * as Comlink from 'comlink';
import { createApi } from './api.ts';

let loading: Promise<EngineModule> | undefined;

/** Loads the engine; tries again if the last attempt failed. */
function load(): Promise<EngineModule> {
  loading ??= createEngine({ locateFile: () => wasmAddress }).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
// Whoever calls is told; until then nobody has asked.
load().then(
  () => postMessage('come'),
  () => undefined,
);

Comlink.expose(createApi(load));
