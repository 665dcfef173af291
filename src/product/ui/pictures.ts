/** Pictures of the dialogs: a plain white one and a column of blue, which Windows stretches to the size of their controls. */
export function dialogPictures(): Readonly<Record<string, Uint8Array>> {
  const white = [255, 255, 255] as const;
  const top = [0x0b, 0x3a, 0x6f] as const;
  const bottom = [0x2f, 0x7f, 0xc1] as const;
  const shade = (row: number) =>
    top.map((from, i) => Math.round(from + ((bottom[i] ?? 0) - from) * (row / 63)));
  return {
    DialogWhite: bitmapOf(8, 8, () => white),
    DialogPanel: bitmapOf(8, 64, shade),
  };
}

/** An uncompressed bitmap of 24 bits, from its last row up. Source: Windows GDI, "BITMAPINFOHEADER". */
function bitmapOf(width: number, height: number, colour: (row: number) => readonly number[]): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(stride * height, 34);
  for (let row = 0; row < height; row++) {
    const [red = 0, green = 0, blue = 0] = colour(row);
    for (let x = 0; x < width; x++)
      Buffer.from([blue, green, red]).copy(bytes, 54 + (height - 1 - row) * stride + x * 3);
  }
  return bytes;
}
