import type { WrittenProduct } from './grammar.ts';

/** The directories and properties that a caller of the installer may give: in upper case, and reaching the installing process. */
export function givenAtInstall({
  directories,
  properties,
}: Pick<WrittenProduct, 'directories' | 'properties'>) {
  const isPublic = (name: string) => name === name.toUpperCase();
  return {
    directories: directories.filter(({ id }) => isPublic(id) && id !== 'INSTALLDIR'),
    properties: properties.filter(
      ({ name, secure, remember }) => isPublic(name) && (secure === true || remember === true),
    ),
  };
}
