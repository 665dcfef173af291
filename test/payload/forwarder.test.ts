import { describe, expect, test } from 'vitest';
import { forwarderDll, isPythonName } from '../../src/payload/python/forwarder.ts';
import { readExports } from '../../src/payload/python/pe.ts';

const names = ['Py_Main', 'PyExc_OSError', '_Py_NoneStruct', 'PyList_New', 'Py_Main'];

describe('python3.dll', () => {
  test('exports every name once, in the byte order that the loader searches', () => {
    const image = forwarderDll('python3.dll', 'python311', names);
    expect(readExports(image, 'python3.dll')).toEqual([
      'PyExc_OSError',
      'PyList_New',
      'Py_Main',
      '_Py_NoneStruct',
    ]);
  });

  test('forwards each name to the same one of the target, from inside the export directory', () => {
    const image = forwarderDll('python3.dll', 'python311', names);
    const [address, size] = [image.readUInt32LE(0x40 + 24 + 112), image.readUInt32LE(0x40 + 24 + 116)];
    const at = (rva: number) => rva - 0x1000 + 0x200;
    const addresses = at(image.readUInt32LE(at(address) + 28));
    const forwards = [0, 1, 2, 3].map((index) => {
      const rva = image.readUInt32LE(addresses + 4 * index);
      expect(rva).toBeGreaterThan(address);
      expect(rva).toBeLessThan(address + size);
      return image.toString('latin1', at(rva), image.indexOf(0, at(rva)));
    });
    expect(forwards).toEqual(
      ['PyExc_OSError', 'PyList_New', 'Py_Main', '_Py_NoneStruct'].map((name) => `python311.${name}`),
    );
  });

  test('is the same for the same names in another order', () => {
    const reversed = forwarderDll('python3.dll', 'python311', [...names].reverse());
    expect(reversed.equals(forwarderDll('python3.dll', 'python311', names))).toBe(true);
  });

  test('takes the names of the C API only', () => {
    expect(
      ['PyErr_Clear', '_PyObject_New', 'Py_Exit', 'DllMain', 'JNI_OnLoad', 'xPy'].filter(isPythonName),
    ).toEqual(['PyErr_Clear', '_PyObject_New', 'Py_Exit']);
  });
});

test('a file that is no 64-bit Windows library is refused by name', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('MZ'), Buffer.alloc(2000, 'x')])
    expect(() => readExports(bytes, 'python311.dll')).toThrow(
      'python311.dll is not a 64-bit Windows program library',
    );
});
