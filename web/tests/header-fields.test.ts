import { describe, expect, it } from 'vitest';
import { bytesOf, flagBits, headerFields } from '../src/lab/inspector/header-fields.ts';

const syn =
  '4500002c00000000400600000a0000010a000002' + '9c400050000003e80000000060021000abcd0000' + '020405b4';

describe('headerFields', () => {
  const fields = headerFields(bytesOf(syn));
  const value = (name: string) => fields.find((field) => field.name === name)?.value;

  it('reads the fields of a SYN with its MSS', () => {
    expect(value('source')).toBe('10.0.0.1');
    expect(value('source port')).toBe('40000');
    expect(value('destination port')).toBe('80');
    expect(value('sequence number')).toBe('1000');
    expect(value('window')).toBe('4096');
    expect(value('MSS')).toBe('1460');
  });

  it('reads window scale, SACK permitted and timestamps', () => {
    // Data offset 10: 20 octets of options, as a SYN with all of them has.
    const all = `${syn.slice(0, 64)}a002${syn.slice(68, 80)}020405b4` + '0402' + '080a0000000100000002' + '01030307';
    const named = headerFields(bytesOf(all));
    const text = (name: string) => named.find((field) => field.name === name)?.value;
    expect(text('window scale')).toBe('× 2^7');
    expect(text('SACK permitted')).toBe('');
    expect(text('timestamps')).toBe('1, 2');
  });

  it('names each byte at most once', () => {
    const seen = fields.flatMap((field) => Array.from({ length: field.to - field.from }, (_, i) => field.from + i));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each(['', '45', syn.slice(0, 50), 'ff'.repeat(60), '00'.repeat(60)])(
    'survives the bytes %s',
    (hex) => expect(() => headerFields(bytesOf(hex))).not.toThrow(),
  );
});

describe('flagBits', () => {
  it('lists the flags in the order of the header', () => {
    expect(flagBits(0x12).map((flag) => flag.name)).toEqual(['CWR', 'ECE', 'URG', 'ACK', 'PSH', 'RST', 'SYN', 'FIN']);
    expect(flagBits(0x12).filter((flag) => flag.set).map((flag) => flag.name)).toEqual(['ACK', 'SYN']);
  });
});
