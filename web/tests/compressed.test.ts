/** What a static server sends packed. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packAll, packedAddress } from '../compressed-plugin.ts';

const text = 'a segment, and '.repeat(200);
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tcplab-'));
  writeFileSync(join(folder, 'page.js'), text);
  writeFileSync(join(folder, 'small.css'), 'a {}');
  writeFileSync(join(folder, 'picture.png'), text);
  await packAll(folder, join(folder, 'cache'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('stands beside what is worth it, and holds the same', () => {
  expect(brotliDecompressSync(readFileSync(join(folder, 'page.js.br'))).toString()).toBe(text);
  expect(existsSync(join(folder, 'small.css.br'))).toBe(false);
  expect(existsSync(join(folder, 'picture.png.br'))).toBe(false);
});

it('is packed anew when the content is another one', async () => {
  writeFileSync(join(folder, 'page.js'), text.toUpperCase());
  await packAll(folder, join(folder, 'cache'));
  expect(brotliDecompressSync(readFileSync(join(folder, 'page.js.br'))).toString()).toBe(text.toUpperCase());
});

it('is sent to who takes it, where there is one', () => {
  expect(packedAddress(folder, '/page.js', 'gzip, deflate, br, zstd')).toBe('/page.js.br');
  expect(packedAddress(folder, '/page.js?x=1', 'br')).toBe('/page.js.br?x=1');
  expect(packedAddress(folder, '/page.js', 'gzip, deflate')).toBeUndefined();
  expect(packedAddress(folder, '/small.css', 'br')).toBeUndefined();
  expect(packedAddress(folder, '/picture.png', 'br')).toBeUndefined();
  expect(packedAddress(join(folder, 'cache'), '/../page.js', 'br')).toBeUndefined();
});
