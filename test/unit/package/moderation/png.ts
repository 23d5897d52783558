/** Reads as much of a PNG as the rules ask about. Knows the two ways in which our pictures are written. */
import { inflateSync } from 'node:zlib';

export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Opacity of a pixel, 0 to 255. Pictures without that channel are solid. */
  readonly opacity: (x: number, y: number) => number;
};

const SIGNATURE = '89504e470d0a1a0a';
/** Bytes a pixel, by the header's colour type: 2 is RGB, 6 is RGB with opacity. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Null when it is no PNG of eight bits a channel. */
export function readPng(bytes: Uint8Array): Picture | null {
  const file = Buffer.from(bytes);
  const channels = CHANNELS[file[25] ?? 0];
  if (file.subarray(0, 8).toString('hex') !== SIGNATURE || file[24] !== 8 || !channels) return null;
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  let pixels: Uint8Array | null = null;
  return {
    width,
    height,
    opacity(x, y) {
      if (channels !== 4) return 255;
      pixels ??= unfiltered(inflateSync(Buffer.concat([...dataChunks(file)])), width * 4, 4);
      return pixels[(y * width + x) * 4 + 3] ?? 0;
    },
  };
}

function* dataChunks(file: Buffer): Generator<Buffer> {
  for (let start = 8; start < file.length; start += 12 + file.readUInt32BE(start)) {
    if (file.toString('latin1', start + 4, start + 8) === 'IDAT')
      yield file.subarray(start + 8, start + 8 + file.readUInt32BE(start));
  }
}

/** Takes the five line filters of the format back. */
function unfiltered(lines: Buffer, width: number, step: number): Uint8Array {
  const pixels = new Uint8Array((lines.length / (width + 1)) * width);
  for (let row = 0; row * (width + 1) < lines.length; row += 1) {
    const filter = lines[row * (width + 1)];
    for (let column = 0; column < width; column += 1) {
      const here = row * width + column;
      const left = column < step ? 0 : (pixels[here - step] ?? 0);
      const up = row === 0 ? 0 : (pixels[here - width] ?? 0);
      const corner = column < step || row === 0 ? 0 : (pixels[here - width - step] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter ?? 0] ?? 0;
      pixels[here] = (lines[row * (width + 1) + 1 + column] ?? 0) + guess;
    }
  }
  return pixels;
}

function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map(value => Math.abs(guess - value));
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}
