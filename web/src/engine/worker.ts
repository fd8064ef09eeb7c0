/** The engine in its own thread: JSON in and out of WebAssembly, checked, and cut into small pieces. */
import createEngine, { type EngineModule } from '@engine/tcplab.js';
import wasmAddress from '@engine/tcplab.wasm?url';
import * as Comlink from 'comlink';
import { createApi } from './api.ts';

let loading: Promise<EngineModule> | undefined;

const engine = () => (loading ??= createEngine({ locateFile: () => wasmAddress }));

Comlink.expose(createApi(engine));
