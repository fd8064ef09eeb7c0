/** The engine's thread starts before anything else: it compiles while the page is still being read. */
import { engine } from './engine/client.ts';

engine.start();
import('./mount.ts').catch(() => document.getElementById('unloaded')?.classList.add('failed'));
