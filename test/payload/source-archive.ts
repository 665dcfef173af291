import { createTarGzip } from 'nanotar';

/** A build backend without dependencies (PEP 517) that makes a wheel with the given tag. */
const backend = (name: string, version: string, tag: string) => `
import zipfile

def build_wheel(folder, settings=None, metadata=None):
    file = '${name}-${version}-${tag}.whl'
    info = '${name}-${version}.dist-info'
    texts = {
        '${name}.py': 'value = 1\\n',
        info + '/METADATA': 'Metadata-Version: 2.1\\nName: ${name}\\nVersion: ${version}\\n',
        info + '/WHEEL': 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: ${tag === 'py3-none-any'}\\nTag: ${tag}\\n',
    }
    with zipfile.ZipFile(folder + '/' + file, 'w') as wheel:
        for path, text in texts.items():
            wheel.writestr(path, text)
        wheel.writestr(info + '/RECORD', ''.join(path + ',,\\n' for path in [*texts, info + '/RECORD']))
    return file
`;

/** A source archive that needs nothing to be built, and whose wheel comes out with `tag`. */
export async function aSourceArchive(name: string, version: string, tag = 'py3-none-any') {
  const top = `${name}-${version}`;
  const project = `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n`;
  const about = `Metadata-Version: 2.2\nName: ${name}\nVersion: ${version}\n`;
  const files = { 'pyproject.toml': project, 'PKG-INFO': about, 'backend.py': backend(name, version, tag) };
  const entries = Object.entries(files).map(([path, data]) => ({ name: `${top}/${path}`, data }));
  return { file: `${top}.tar.gz`, bytes: await createTarGzip(entries) };
}
