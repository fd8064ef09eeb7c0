/** The engine in its own thread: JSON in and out of WebAssembly, checked, and cut into small pieces. */
import createEngine, { type EngineModule } from '@engine/tcplab.js';
import wasmAddress from '@engine/tcplab.wasm?url';
import * as Comlink from 'comlink';
import { createApi } from './api.ts';

let loading: Promise<EngineModule> | undefined;

/** The engine, which is fetched again where that failed the last time. */
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
