/**
 * Beside each file of the built page stands what a static server sends to who takes Brotli (`FILE.br`, as nginx's
 * `brotli_static` and Caddy's `precompressed` find it): packed as small as it gets, which takes seconds, and so not while
 * somebody waits. `./lab serve` does as such a server, and packs what has no such file when it is asked for.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import compression from 'compression';
import type { Plugin, PreviewServer } from 'vite';

const brotli = promisify(brotliCompress);
const packable = /\.(?:js|css|html|json|svg|wasm)$/;
/** A file that fits into one packet is not worth it. */
const smallest = 1000;

export const packed = (content: Uint8Array): Promise<Buffer> =>
  brotli(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

/** What was packed once is kept in `cache`, by what it was packed from: most files are those of the build before. */
async function packedOnce(content: Uint8Array, cache: string): Promise<Uint8Array> {
  const kept = join(cache, createHash('sha256').update(content).digest('hex'));
  if (existsSync(kept)) return readFile(kept);
  const result = await packed(content);
  await writeFile(kept, result);
  return result;
}

export async function packAll(folder: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const files = await readdir(folder, { recursive: true });
  const pack = async (file: string) => {
    const content = await readFile(file);
    if (content.length >= smallest) await writeFile(`${file}.br`, await packedOnce(content, cache));
  };
  await Promise.all(files.filter((file) => packable.test(file)).map((file) => pack(join(folder, file))));
}

/** The address under which the packed file lies; undefined where there is none, or it is not wanted. */
export function packedAddress(folder: string, address: string, accepted: string): string | undefined {
  const [path = '', query] = address.split('?', 2);
  if (!/\bbr\b/.test(accepted) || path.includes('..') || !packable.test(path)) return undefined;
  return existsSync(join(folder, `${path}.br`)) ? `${path}.br${query === undefined ? '' : `?${query}`}` : undefined;
}

function servePacked({ middlewares, config }: PreviewServer): void {
  const folder = resolve(config.root, config.build.outDir);
  middlewares.use((request, response, next) => {
    const address = packedAddress(folder, request.url ?? '', String(request.headers['accept-encoding'] ?? ''));
    // Whoever sends files knows by the name what is in one, and how it is packed.
    if (address !== undefined) {
      response.setHeader('Vary', 'Accept-Encoding');
      request.url = address;
    }
    next();
  });
  middlewares.use(compression() as never);
}

export function compressed(cache: string): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    configurePreviewServer: servePacked,
    // Everything is written by then.
    closeBundle: { order: 'post', sequential: true, handler: () => packAll(folder, cache) },
  };
}
