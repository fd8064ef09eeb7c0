/** The engine in its own thread: JSON in and out of WebAssembly, checked, and cut into small pieces. */
import createEngine, { type EngineModule } from '@engine/tcplab.js';
import wasmAddress from '@engine/tcplab.wasm?url';
import * as Comlink from 'comlink';
import { createApi } from './api.ts';

const loading: Promise<EngineModule> = createEngine({ locateFile: () => wasmAddress });
// Whoever calls is told; until then nobody has asked.
loading.catch(() => undefined);

Comlink.expose(createApi(() => loading));
