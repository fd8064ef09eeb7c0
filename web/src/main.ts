/** The engine's thread starts before anything else: it compiles while the page is still being read. */
import { engine } from './engine/client.ts';

engine.start();
void import('./app/mount.ts');
