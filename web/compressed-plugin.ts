/**
 * Writes a copy packed with Brotli (`FILE.br`) beside each file of the built page, where nginx's `brotli_static` and
 * Caddy's `precompressed` look for it. The best quality takes seconds, so this is done by the build, not on a request.
 * `./lab serve` sends these copies, and packs on request what has none.
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
/** Bytes. A file that fits into one packet is not worth packing. */
const smallest = 1000;

export const packed = (content: Uint8Array): Promise<Buffer> =>
  brotli(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

/** Keeps the result in `cache` under the content's digest, since most files are the same as in the build before. */
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

/** The address of the packed copy; undefined if there is none, or the client does not accept Brotli. */
export function packedAddress(folder: string, address: string, accepted: string): string | undefined {
  const [path = '', query] = address.split('?', 2);
  if (!/\bbr\b/.test(accepted) || path.includes('..') || !packable.test(path)) return undefined;
  return existsSync(join(folder, `${path}.br`)) ? `${path}.br${query === undefined ? '' : `?${query}`}` : undefined;
}

function servePacked({ middlewares, config }: PreviewServer): void {
  const folder = resolve(config.root, config.build.outDir);
  middlewares.use((request, response, next) => {
    const address = packedAddress(folder, request.url ?? '', String(request.headers['accept-encoding'] ?? ''));
    // The server of files derives the type and the encoding from the name.
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
    // By then, everything is written.
    closeBundle: { order: 'post', sequential: true, handler: () => packAll(folder, cache) },
  };
}
