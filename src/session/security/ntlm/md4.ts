type Words = [number, number, number, number];

/** One of the three rounds of RFC 1320, section 3.4: the order of the words, the turns, the constant, and the function. */
interface Round {
  readonly order: readonly number[];
  readonly turns: Words;
  readonly constant: number;
  readonly mix: (x: number, y: number, z: number) => number;
}

const rounds: readonly Round[] = [
  {
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    turns: [3, 7, 11, 19],
    constant: 0,
    mix: (x, y, z) => (x & y) | (~x & z),
  },
  {
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    turns: [3, 5, 9, 13],
    constant: 0x5a827999,
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
  },
  {
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    turns: [3, 9, 11, 15],
    constant: 0x6ed9eba1,
    mix: (x, y, z) => x ^ y ^ z,
  },
];

/** MD4 (RFC 1320) of a short text, 16 bytes. OpenSSL 3 has it in its legacy provider only; Windows keeps passwords as MD4. */
export function md4(bytes: Buffer): Buffer {
  const blocks = padded(bytes);
  let state: Words = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < blocks.length; start += 64) {
    const [a, b, c, d] = compressed(state, blocks.subarray(start, start + 64));
    state = [state[0] + a, state[1] + b, state[2] + c, state[3] + d];
  }
  const digest = Buffer.alloc(16);
  for (const [index, word] of state.entries()) digest.writeUInt32LE(word >>> 0, index * 4);
  return digest;
}

function padded(bytes: Buffer): Buffer {
  const result = Buffer.alloc(Math.ceil((bytes.length + 9) / 64) * 64);
  bytes.copy(result);
  result[bytes.length] = 0x80;
  result.writeBigUInt64LE(BigInt(bytes.length) * 8n, result.length - 8);
  return result;
}

function compressed(state: Words, block: Buffer): Words {
  let [a, b, c, d] = state;
  for (const { order, turns, constant, mix } of rounds)
    for (const [step, word] of order.entries()) {
      const sum = (a + mix(b, c, d) + block.readUInt32LE(word * 4) + constant) | 0;
      const turn = turns[step % 4] as number;
      [a, b, c, d] = [d, (sum << turn) | (sum >>> (32 - turn)), b, c];
    }
  return [a, b, c, d];
}
