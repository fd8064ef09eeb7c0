import { beforeAll, describe, expect, it } from 'vitest';
import type { HeaderLayout } from '../src/engine/types.ts';
import { bytesOf, flagBits, headerFields } from '../src/lab/inspector/header-fields.ts';
import { api, hasEngine } from './engine.ts';

const syn = '4500002c00000000400600000a0000010a000002' + '9c400050000003e80000000060021000abcd0000' + '020405b4';

let layout: HeaderLayout;
beforeAll(async () => {
  if (hasEngine) ({ header: layout } = await api.catalogue());
});

describe.skipIf(!hasEngine)('headerFields', () => {
  const fieldsOf = (hex: string) => headerFields(bytesOf(hex), layout);

  it('reads the fields of a SYN with its MSS', () => {
    const value = (name: string) => fieldsOf(syn).find((field) => field.name === name)?.value;
    expect(value('version, header length')).toBe('4, 20');
    expect(value('total length')).toBe('44');
    expect(value('data offset')).toBe('24');
    expect(value('flags')).toBe('0x02');
    expect(value('source address')).toBe('10.0.0.1');
    expect(value('source port')).toBe('40000');
    expect(value('destination port')).toBe('80');
    expect(value('sequence number')).toBe('1000');
    expect(value('window')).toBe('4096');
    expect(value('maximum segment size')).toBe('1460');
  });

  it('reads window scale, SACK permitted and timestamps', () => {
    // Data offset 10: 20 octets of options, as a SYN with all of them has.
    const all = `${syn.slice(0, 64)}a002${syn.slice(68, 80)}020405b4` + '0402' + '080a0000000100000002' + '01030307';
    const named = fieldsOf(all);
    const text = (name: string) => named.find((field) => field.name === name)?.value;
    expect(text('window scale')).toBe('× 2^7');
    expect(text('SACK permitted')).toBe('');
    expect(text('timestamps')).toBe('1, 2');
  });

  it('reads SACK blocks, and octets that are no option of a known length', () => {
    const ack = `${syn.slice(0, 64)}8010${syn.slice(68, 80)}`;
    const named = fieldsOf(`${ack}0101050a00000100000002000000`.slice(0, 104));
    expect(named.find((field) => field.name === 'SACK blocks')?.value).toBe('256–512');
    const odd = fieldsOf(`${ack}05030000000000000000000000000000`.slice(0, 104));
    expect(odd.find((field) => field.name === 'SACK blocks')?.value).toBe('3');
  });

  it('names each byte at most once', () => {
    const seen = fieldsOf(syn).flatMap((field) =>
      Array.from({ length: field.to - field.from }, (_, i) => field.from + i),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('names every byte', () => {
    const named = new Set(
      fieldsOf(`${syn}616263`).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
    );
    expect(named.size).toBe(47);
  });

  it.each(['', '45', syn.slice(0, 50), 'ff'.repeat(60), '00'.repeat(60)])('survives the bytes %s', (hex) =>
    expect(() => [fieldsOf(hex), flagBits(bytesOf(hex), layout)]).not.toThrow(),
  );
});

describe.skipIf(!hasEngine)('flagBits', () => {
  it('lists the flags in the order of the header', () => {
    const bits = flagBits(bytesOf(syn.replace('6002', '6012')), layout);
    expect(bits.map((flag) => flag.name)).toEqual(['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN']);
    expect(bits.filter((flag) => flag.set).map((flag) => flag.name)).toEqual(['ACK', 'SYN']);
  });
});
