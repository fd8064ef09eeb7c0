import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from '../src/app/packed.ts';

describe('text in an address', () => {
  it.each(['', 'SYN', '“握手” 🤝', '{"a":1}'.repeat(2000)])('comes back as it was', async (text) => {
    const code = await pack(text);
    expect(code).toMatch(/^[\w-]*$/);
    expect(await unpack(code, 1e6)).toBe(text);
  });

  it('unfolds to no more than is allowed', async () => {
    const code = await pack('x'.repeat(1000));
    expect(await unpack(code, 1000)).toHaveLength(1000);
    expect(await unpack(code, 999)).toBeUndefined();
  });

  it('is none where much follows the limit', async () => {
    const bomb = deflateRawSync(Buffer.alloc(20_000_000)).toString('base64url');
    expect(bomb.length).toBeLessThan(30_000);
    expect(await unpack(bomb, 1e6)).toBeUndefined();
  });

  const notUtf8 = deflateRawSync(Buffer.from([0xff, 0xfe])).toString('base64url');
  it.each(['%%%', 'a', '中文', 'AAAA', notUtf8])('%s is none', async (code) => {
    expect(await unpack(code, 1e6)).toBeUndefined();
  });

  it('is none where it was cut', async () => {
    const code = await pack('{"version":1,"scenario":"a connection"}');
    for (let length = 1; length < code.length - 1; length++)
      expect(await unpack(code.slice(0, length), 1e6), `of ${length}`).toBeUndefined();
  });
});
