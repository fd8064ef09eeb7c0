import { describe, expect, it } from 'vitest';
import { NotUtf8, textOf, whyUnreadable } from '../src/app/text-of.ts';

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const fileOf = (...octets: number[]) => new Blob([Uint8Array.from(octets)]);

it('reads a text as it is, with its byte order mark and with a sign that stands for another', async () => {
  for (const text of ['', '{}', '\ufeff{"练习": "\ufffd😀"}']) expect(await textOf(fileOf(...utf8(text)))).toBe(text);
});

describe('the place of the first octet that is not UTF-8', () => {
  it.each<[string, number[], number, number]>([
    ['GBK', [...utf8('{\n  "title": "'), 0xc1, 0xb7, 0xcf, 0xb0, ...utf8('"\n}')], 2, 13],
    ['after characters of several octets', [...utf8('{"é练😀'), 0xff], 1, 6],
    ['after a sign that stands for another', [...utf8('\ufffd\ufffd'), 0xc1, 0xb7], 1, 3],
    ['in a character that is not complete', [...utf8('练\r\n练'), 0xe7, 0xbb, 0x22], 2, 2],
    ['where it begins as a sign that stands for another does', [...utf8('a'), 0xef, 0xbf, 0x22], 1, 2],
    ['in a file that was cut off', [...utf8('ab'), 0xe7, 0xbb], 1, 3],
    ['in UTF-16', [0xff, 0xfe, 0x7b, 0x00], 1, 1],
  ])('%s', async (_, octets, line, column) => {
    const error: unknown = await textOf(fileOf(...octets)).catch((why: unknown) => why);
    expect(error).toBeInstanceOf(NotUtf8);
    expect(error).toMatchObject({ line, column });
    const said = whyUnreadable(error, 'mine.json');
    expect(said.en).toContain(`line ${line}, column ${column}`);
    expect(said.zh).toContain(`第 ${line} 行第 ${column} 列`);
  });
});

it('what cannot be read at all is not said to be of another encoding', () => {
  expect(whyUnreadable(new DOMException('gone', 'NotFoundError'), 'mine.json').en).not.toContain('UTF-8');
});
