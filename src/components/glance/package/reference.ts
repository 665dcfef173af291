import type { PackageContract } from '../../../product/contract.ts';

const head = `# Installing without oriel

You can install the package without oriel: \`msiexec\` alone installs the image service and writes a configuration from properties. This page comes
from \`msi/glance/product.yaml\`. The same facts are in a JSON file beside every package (\`oriel-glance-VERSION.properties.json\`).

    msiexec /i oriel-glance-29.2.1.msi /qn /norestart /l*v install.log ^
      STOREPATH=\\\\sofs1\\images KEYSTONE_AUTH_URL=https://keystone.example.org/v3 ANSWERFILE=C:\\secret\\answers.txt

\`answers.txt\` holds the values that should be on no command line. You can delete it afterwards:

    DATABASE_CONNECTION=mysql+pymysql://glance:PASSWORD@db.example.org/glance?charset=utf8
    KEYSTONE_PASSWORD=PASSWORD

You can give secrets on the command line as well. Windows keeps hidden properties out of the installer's log, but every user who may list
processes sees the command line. \`oriel apply\` installs the same package with \`SKIPCONF=1 STARTSERVICES=0\`, because it does both itself.
`;

const tail = `
## The installation
- The installer checks all values before it writes anything. An error fails the installation (1603) with a message for each in the log, and
  Windows reverts everything.
- Only SYSTEM, administrators and the account of the services have access to configuration, logs and data. That account gets the right to log on as
  a service. The installer leaves the folders above as they are.
- The installer writes the configuration once. An upgrade, a repair or another installation never changes or removes a file of it, whatever
  the properties are. Edit the file and restart the service.
- The installer creates or expands the database schema, one node at a time, so that older releases still run. Later, \`glance-schema contract\` of the launcher
  removes everything that only they need.
- The installer starts the services, and fails if one does not run within 200 seconds.
- Windows restarts a service that fails: after 10 s, after a minute, then every 5 minutes.
- The installer opens no port in the firewall; you decide that. \`New-NetFirewallRule -DisplayName Glance -Direction Inbound -Protocol TCP
  -LocalPort 9292 -Action Allow\` opens it; \`oriel apply\` does it by itself.
- An upgrade lets requests in flight end for 60 seconds. It keeps folders, features and remembered properties, and starts the services as the
  new version. If it fails, Windows restores the old version.
- An uninstall removes the program and its services. It keeps configuration, logs and data, and names them in the log.

## Tests
The suite \`test/msi/lifecycle\` runs in Wine 8, which differs from Windows:

- Wine shows no message of a launch condition under /qn, has no \`/f\`, and keeps hidden properties in its log.
- Wine does not migrate features at an upgrade; the tests give ADDLOCAL again.
- Wine removes the old product in a transaction of its own. It does not restore that product when the upgrade fails later. In the package the removal is
  inside the transaction, which Windows reverts; a test checks that in the tables.
- Wine sets access lists and does not enforce them. Services run as the same user whatever their account, and none restarts when it fails.
`;

/** The guide to installing by msiexec alone; docs/reference/packages/unattended-install.md is this text. */
export function packageContractReference(contract: PackageContract): string {
  return [head, featureTable(contract), propertyTable(contract)].join('\n') + tail;
}

function featureTable({ features }: PackageContract): string {
  const rows = features.map(({ id, title, installed, service }) => [
    `\`${id}\``,
    title,
    installed ? 'yes' : 'no',
    service ? `\`${service}\`` : '',
  ]);
  return `## Features
\`ADDLOCAL=Api,Scrubber\` selects features, \`REMOVE=Scrubber\` removes one later, \`ADDLOCAL=ALL\` selects all. \`Main\` is always installed.

${table(['feature', 'content', 'default', 'service'], rows)}
`;
}

function propertyTable({ properties }: PackageContract): string {
  const rows = properties.map((property) => [
    `\`${property.name}\``,
    property.type,
    property.needed ? '**needed**' : property.default === null ? '' : `\`${property.default}\``,
    [property.hidden && 'hidden', property.remembered && 'remembered'].filter(Boolean).join(', '),
    property.description,
  ]);
  return `## Properties
Windows keeps a remembered property for upgrades and repairs, and never keeps a hidden one. You need the properties marked **needed** if the installer writes a configuration.

${table(['property', 'value', 'default', '', 'meaning'], rows)}
`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
