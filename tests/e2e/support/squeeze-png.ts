import { deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const paletteSize = 256
const nearlyEqual = 20

/** The chunks of a PNG file (PNG specification, section 5.3), by type; equal ones joined. */
const readChunks = (file: Buffer): Map<string, Buffer> => {
  const chunks = new Map<string, Buffer>()
  for (let at = signature.length; at < file.length;) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const data = file.subarray(at + 8, at + 8 + length)
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]))
    at += length + 12
  }
  return chunks
}

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})
const crc = (data: Buffer): number => {
  let value = 0xffffffff
  for (const byte of data) value = (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

const paeth = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}

/** Undoes the filters of each line (section 9): the plain bytes of all pixels. */
const unfilter = (data: Buffer, height: number, stride: number, pixel: number): Uint8Array => {
  const out = new Uint8Array(height * stride)
  for (let y = 0; y < height; y += 1) {
    const kind = data[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < pixel ? 0 : (out[at - pixel] ?? 0)
      const up = y === 0 ? 0 : (out[at - stride] ?? 0)
      const corner = x < pixel || y === 0 ? 0 : (out[at - stride - pixel] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0
      out[at] = ((data[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return out
}

const channels = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
]
const distance = (one: number, other: number): number => {
  const [a, b] = [channels(one), channels(other)]
  return a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0)
}
/** Small coloured signs count more than the many greys at the edges of letters. */
const weight = ([colour, count]: [number, number]): number => {
  const parts = channels(colour)
  return count * (1 + (Math.max(...parts) - Math.min(...parts)) / 6)
}

/** The colours that matter most, none of them almost like another. */
const choosePalette = (counts: Map<number, number>): number[] => {
  const palette: number[] = []
  for (const [colour] of [...counts].sort((one, other) => weight(other) - weight(one))) {
    if (palette.length === paletteSize) break
    if (palette.every((chosen) => distance(chosen, colour) > nearlyEqual)) palette.push(colour)
  }
  return palette
}

/** Which of the palette's colours is nearest to each colour that occurs. */
const matchColours = (counts: Map<number, number>, palette: number[]): Map<number, number> => {
  const index = new Map(palette.map((colour, at) => [colour, at]))
  for (const colour of counts.keys()) {
    if (index.has(colour)) continue
    let best = 0
    let least = Infinity
    palette.forEach((other, at) => {
      const far = distance(colour, other)
      if (far < least) [best, least] = [at, far]
    })
    index.set(colour, best)
  }
  return index
}

/** A picture of a window with its 256 most frequent colours, a third as large. Takes what Chromium writes:
 *  8 bits a channel, RGB or RGBA, not interlaced. */
export const squeezePng = (file: Buffer): Buffer => {
  const chunks = readChunks(file)
  const head = chunks.get('IHDR') ?? Buffer.alloc(13)
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const pixel = head[9] === 6 ? 4 : 3
  if (head[8] !== 8 || (head[9] !== 2 && head[9] !== 6) || head[12] !== 0) return file
  const bytes = unfilter(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0)), height, width * pixel, pixel)
  const colourAt = (at: number): number =>
    ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
  const counts = new Map<number, number>()
  for (let at = 0; at < bytes.length; at += pixel) {
    const colour = colourAt(at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = choosePalette(counts)
  const index = matchColours(counts, palette)
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      lines[y * (width + 1) + 1 + x] = index.get(colourAt((y * width + x) * pixel)) ?? 0
  }
  const newHead = Buffer.from(head)
  newHead[9] = 3
  return Buffer.concat([
    signature,
    chunk('IHDR', newHead),
    chunk('PLTE', Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
