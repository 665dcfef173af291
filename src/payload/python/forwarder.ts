/**
 * A DLL of nothing but forwarders: `python3.dll`, the stable ABI that abi3 wheels (cryptography, psutil) link against,
 * hands every name on to `python311.dll`. Layout: Microsoft, "PE Format", sections Optional Header and .edata.
 */
const fileAlignment = 0x200;
const sectionAddress = 0x1000;
const headerSize = 0x200;
const optionalHeaderSize = 0xf0;

/** Names that belong to the Python C API; the rest of an export list is of no use to an extension module. */
export function isPythonName(name: string): boolean {
  return /^_?Py/.test(name);
}

/**
 * The bytes of a 64-bit DLL called `name` (`python3.dll`) that forwards each of `exports` to the library `target`
 * (`python311`, without `.dll`). Equal arguments give equal bytes.
 */
export function forwarderDll(name: string, target: string, exports: readonly string[]): Buffer {
  const section = exportSection(name, target, exports);
  const padded = Buffer.alloc(align(section.length, fileAlignment));
  section.copy(padded);
  return Buffer.concat([headers(section.length, padded.length), padded]);
}

/** The export directory, its three tables and their strings: the loader takes an address inside it as a forwarder. */
function exportSection(name: string, target: string, exports: readonly string[]): Buffer {
  // The loader searches names by bytes, so they must stand in that order.
  const names = [...new Set(exports)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const tables = 40;
  const strings = tables + 10 * names.length;
  const texts: Buffer[] = [];
  let end = strings;
  const place = (text: string): number => {
    const bytes = Buffer.from(`${text}\0`, 'latin1');
    texts.push(bytes);
    end += bytes.length;
    return sectionAddress + end - bytes.length;
  };
  const head = Buffer.alloc(strings);
  head.writeUInt32LE(place(name), 12);
  head.writeUInt32LE(1, 16); // first ordinal
  head.writeUInt32LE(names.length, 20);
  head.writeUInt32LE(names.length, 24);
  for (const [index, start] of [0, 4, 8].entries())
    head.writeUInt32LE(sectionAddress + tables + start * names.length, 28 + 4 * index);
  for (const [index, each] of names.entries()) {
    head.writeUInt32LE(place(`${target}.${each}`), tables + 4 * index);
    head.writeUInt32LE(place(each), tables + 4 * (names.length + index));
    head.writeUInt16LE(index, tables + 8 * names.length + 2 * index);
  }
  return Buffer.concat([head, ...texts]);
}

function headers(sectionBytes: number, fileBytes: number): Buffer {
  const pe = 0x40;
  const optional = pe + 24;
  const section = optional + optionalHeaderSize;
  const bytes = Buffer.alloc(headerSize);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(pe, 0x3c);
  bytes.write('PE\0\0', pe, 'latin1');
  bytes.writeUInt16LE(0x8664, pe + 4); // x86-64
  bytes.writeUInt16LE(1, pe + 6); // sections
  bytes.writeUInt16LE(optionalHeaderSize, pe + 20);
  bytes.writeUInt16LE(0x2022, pe + 22); // executable, large address aware, DLL
  bytes.writeUInt16LE(0x20b, optional);
  bytes.writeUInt32LE(fileBytes, optional + 8);
  bytes.writeBigUInt64LE(0x180000000n, optional + 24); // preferred base
  bytes.writeUInt32LE(sectionAddress, optional + 32);
  bytes.writeUInt32LE(fileAlignment, optional + 36);
  bytes.writeUInt16LE(6, optional + 40); // operating system and subsystem version: Windows Vista
  bytes.writeUInt16LE(6, optional + 48);
  bytes.writeUInt32LE(sectionAddress + align(sectionBytes, sectionAddress), optional + 56);
  bytes.writeUInt32LE(headerSize, optional + 60);
  bytes.writeUInt16LE(2, optional + 68); // graphical subsystem, as every DLL
  bytes.writeUInt16LE(0x160, optional + 70); // high-entropy addresses, dynamic base, no execution of data
  bytes.writeUInt32LE(16, optional + 108);
  bytes.writeUInt32LE(sectionAddress, optional + 112);
  bytes.writeUInt32LE(sectionBytes, optional + 116);
  bytes.write('.rdata', section, 'latin1');
  bytes.writeUInt32LE(sectionBytes, section + 8);
  bytes.writeUInt32LE(sectionAddress, section + 12);
  bytes.writeUInt32LE(fileBytes, section + 16);
  bytes.writeUInt32LE(headerSize, section + 20);
  bytes.writeUInt32LE(0x40000040, section + 36); // initialized data, readable
  return bytes;
}

function align(size: number, to: number): number {
  return Math.ceil(size / to) * to;
}
