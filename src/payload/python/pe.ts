import { BuildError } from '../../errors.ts';

/** What matters here of a PE32+ image. Layout: Microsoft, "PE Format". */
interface PeSection {
  readonly address: number;
  readonly size: number;
  readonly offset: number;
}

const peOffsetField = 0x3c;
const pe32Plus = 0x20b;
/** Distance of the data directories from the start of the PE32+ optional header. */
const dataDirectories = 112;

/** Names that a 64-bit Windows DLL exports, in the order of its name table. Throws BuildError when `image` is no such file. */
export function readExports(image: Buffer, name: string): readonly string[] {
  const header = image.length > 0x40 ? image.readUInt32LE(peOffsetField) : 0;
  const optional = header + 24;
  if (
    image.toString('latin1', 0, 2) !== 'MZ' ||
    image.length < optional + dataDirectories + 8 ||
    image.toString('latin1', header, header + 4) !== 'PE\0\0' ||
    image.readUInt16LE(optional) !== pe32Plus
  )
    throw new BuildError(
      `${name} is not a 64-bit Windows program library`,
      'use a Python for Windows x86-64 in payload.python',
    );
  const sections = readSections(image, header);
  const directory = fileOffset(sections, image.readUInt32LE(optional + dataDirectories), name);
  const count = image.readUInt32LE(directory + 24);
  const table = fileOffset(sections, image.readUInt32LE(directory + 32), name);
  return Array.from({ length: count }, (_, index) => {
    const start = fileOffset(sections, image.readUInt32LE(table + 4 * index), name);
    return image.toString('latin1', start, image.indexOf(0, start));
  });
}

function readSections(image: Buffer, header: number): readonly PeSection[] {
  const count = image.readUInt16LE(header + 6);
  const first = header + 24 + image.readUInt16LE(header + 20);
  return Array.from({ length: count }, (_, index) => {
    const at = first + 40 * index;
    return {
      size: image.readUInt32LE(at + 16),
      address: image.readUInt32LE(at + 12),
      offset: image.readUInt32LE(at + 20),
    };
  });
}

function fileOffset(sections: readonly PeSection[], address: number, name: string): number {
  const section = sections.find((each) => address >= each.address && address < each.address + each.size);
  if (!section) throw new BuildError(`${name} has no exports`, 'the file is damaged or not a Python library');
  return address - section.address + section.offset;
}
