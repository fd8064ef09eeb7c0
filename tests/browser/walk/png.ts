/** A picture that a browser took, as colours: PNG as browsers write it, 8 bits a channel, not interlaced. */
import { inflateSync } from 'node:zlib';

export type Colour = readonly [red: number, green: number, blue: number];

export interface Picture {
  width: number;
  height: number;
  at(x: number, y: number): Colour;
}

const signature = '89504e470d0a1a0a';
/** Channels of the colour types: 2 is RGB, 6 has alpha as well. */
const channels: Record<number, number> = { 2: 3, 6: 4 };

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(guess - each)) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Undoes the filter of each row (PNG, third edition, section 9.2). */
function unfilter(rows: Buffer, height: number, stride: number, step: number): Buffer {
  const out = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const raw = rows[y * (stride + 1) + 1 + x] as number;
      const left = x >= step ? (out[y * stride + x - step] as number) : 0;
      const up = y > 0 ? (out[(y - 1) * stride + x] as number) : 0;
      const corner = x >= step && y > 0 ? (out[(y - 1) * stride + x - step] as number) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter as number] as number;
      out[y * stride + x] = raw + guess;
    }
  }
  return out;
}

export function readPng(file: Buffer): Picture {
  if (file.subarray(0, 8).toString('hex') !== signature) throw new Error('not a PNG');
  const data: Buffer[] = [];
  let [width, height, step] = [0, 0, 0];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      step = channels[body[9] as number] ?? 0;
      if (body[8] !== 8 || step === 0 || body[12] !== 0) throw new Error('a PNG of another kind');
    }
    if (kind === 'IDAT') data.push(body);
    at += length + 12;
  }
  const pixels = unfilter(inflateSync(Buffer.concat(data)), height, width * step, step);
  return {
    width,
    height,
    at: (x, y) => [...pixels.subarray((y * width + x) * step, (y * width + x) * step + 3)] as unknown as Colour,
  };
}
