import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { moduleEnvironment } from '../../src/sandbox/powershell/modules.ts';
import { sandboxDown } from '../../src/sandbox/run/down.ts';
import { sandboxUp } from '../../src/sandbox/run/up.ts';
import { compare } from './compare.ts';
import { countBytes, measure } from './measure.ts';
import { ansible, bundled, bundleOriel, oriel, type Way } from './programs.ts';
import { makeModule } from './rig.ts';
import { compareFiles } from './winrm-file.ts';

/** Away from those of a sandbox that is up already. */
const address = '127.0.77.2';

/** `winrm.ts POWERSHELL [all|checks|file] [TIMES] [CHECKS]`: oriel and Ansible over the WinRM of a node of the sandbox; see README.md. */
async function main([powershell = '', part = 'all', times = '1', checks = '20']: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-benchmark-'));
  const sandbox = join(folder, 'sandbox');
  bundleOriel();
  const settings = { nodes: 1, address, port: 2222, simulated: false, services: [], powershell };
  const { nodes } = await sandboxUp(sandbox, settings, {
    emit: () => {},
    program: [process.execPath, bundled],
  });
  try {
    const ports = nodes.map(({ winrm }) => winrm.http);
    const secrets = load(readFileSync(join(sandbox, 'secrets.yaml'), 'utf8')) as Record<string, string>;
    const prefix = join(sandbox, 'nodes', 'glance-1', 'wine');
    const way = overWinrm(folder, prefix, secrets.node_password ?? '');
    makeModule(join(prefix, 'drive_c', ...moduleEnvironment.PSModulePath.split('\\').slice(1)));
    if (part !== 'checks') await compareFiles(way, address, ports[0] ?? 0, Number(times));
    if (part === 'file') return;
    const both = {
      plan: (at: readonly number[]) => oriel(way, at, 'plan'),
      play: (at: readonly number[]) => ansible(way, at, Number(checks)),
    };
    const relay = await countBytes(ports, address);
    await measure(oriel(way, relay.ports, 'apply', '--yes'));
    relay.close();
    await compare(both, ports, Number(checks), Number(times), address);
  } finally {
    await sandboxDown(sandbox);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Over HTTP with NTLM, every message sealed: what both can. */
function overWinrm(folder: string, prefix: string, password: string): Way {
  process.env.BENCHMARK_PASSWORD = password;
  return {
    ...{ folder, prefix },
    site: { via: 'winrm', scheme: 'http', user: 'oriel', password: { secret: 'password' } },
    inventory: {
      ansible_user: 'oriel',
      ansible_password: password,
      ansible_connection: 'winrm',
      ansible_winrm_scheme: 'http',
      ansible_winrm_transport: 'ntlm',
      ansible_winrm_message_encryption: 'always',
    },
  };
}

await main(process.argv.slice(2));
