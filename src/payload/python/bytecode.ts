import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError, InternalError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { run } from '../../process.ts';
import { withProgress } from '../cache/progress.ts';
import { payloadPath } from '../lock/inputs.ts';

/** A CPython of this machine that makes bytecode for the payload's Python of the same minor version. */
export interface Compiler {
  readonly file: string;
  /** `3.11.7`: other patch releases may compile to other bytes. */
  readonly version: string;
}

export interface CompileJob {
  /** Path of the source below `root`. */
  readonly source: string;
  /** What tracebacks call it. */
  readonly name: string;
  /** Path of the bytecode below `root`. */
  readonly target: string;
}

/** A CPython of the minor version `minor` (`3.11`) on this machine; undefined when there is none. */
export async function findCompiler(uv: string, minor: string): Promise<Compiler | undefined> {
  const query = ['python', 'find', '--system', '--no-project', `cpython@${minor}`];
  const candidates = [
    () => run(uv, query, { env: { UV_PYTHON_DOWNLOADS: 'never' } }).then(({ stdout }) => stdout.trim()),
    async () => `python${minor}`,
  ];
  for (const candidate of candidates) {
    try {
      const file = await candidate();
      const program = 'import platform; print(platform.python_implementation(), platform.python_version())';
      const { stdout } = await run(file, ['-I', '-c', program]);
      const [implementation, version] = stdout.trim().split(' ');
      if (implementation === 'CPython' && version?.startsWith(`${minor}.`)) return { file, version };
    } catch (error) {
      // A Python that cannot be run is none; the next one may do.
      if (!(error instanceof BuildError)) throw error;
    }
  }
  return undefined;
}

/** Compiles sources below `root`; gives the paths of those that are no Python of this version (templates, mostly). */
export async function compileModules(request: {
  readonly compiler: Compiler;
  readonly root: string;
  readonly jobs: readonly CompileJob[];
  readonly emit: Emit;
}): Promise<readonly string[]> {
  const { compiler, root, jobs, emit } = request;
  const input = JSON.stringify(
    jobs.map(({ source, name, target }) => [join(root, source), name, join(root, target)]),
  );
  const message = `compiling ${jobs.length} Python modules`;
  return withProgress(emit, 'bytecode', message, async (report) => {
    const { stdout } = await run(compiler.file, ['-s', '-S', '-W', 'ignore', payloadPath('compile.py')], {
      input,
      // Sets are compiled in the order of their hashes.
      env: { PYTHONHASHSEED: '0', PYTHONPATH: undefined, PYTHONHOME: undefined, PYTHONOPTIMIZE: undefined },
      onLine: (line) => {
        if (/^\d+$/.test(line)) report(message, Number(line), jobs.length);
      },
    });
    const failed = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as readonly (readonly [
      string,
      string,
    ])[];
    return failed.map(([source]) => source.slice(root.length + 1));
  });
}

/** Path of the bytecode that Python `minor` (`3.11`) looks for when it imports the source `path`. */
export function bytecodePath(path: string, minor: string): string {
  return path.replace(/([^/]+)\.py$/, `__pycache__/$1.cpython-${minor.replace('.', '')}.pyc`);
}

/**
 * Copies `modules` of the folder `root`, which tracebacks call `name`, to the folder `target` and compiles them there. Gives the
 * paths of the bytecode below `target`, which are those that Python looks for.
 */
export async function compileFolder(request: {
  readonly compiler: Compiler;
  readonly minor: string;
  readonly root: string;
  readonly name: string;
  readonly modules: readonly string[];
  readonly target: string;
  readonly emit: Emit;
}): Promise<readonly string[]> {
  const { compiler, minor, root, name, modules, target, emit } = request;
  for (const path of modules) await cp(join(root, path), join(target, path));
  const jobs = modules.map((path) => ({
    source: path,
    name: `${name}/${path}`.replaceAll('/', '\\'),
    target: bytecodePath(path, minor),
  }));
  const failed = await compileModules({ compiler, root: target, jobs, emit });
  if (failed.length > 0) throw new InternalError(`${failed.join(', ')} is not Python ${minor}`);
  return jobs.map((job) => job.target);
}
