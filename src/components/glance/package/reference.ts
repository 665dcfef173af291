import type { PackageContract } from '../../../product/contract.ts';

const head = `# Installing without oriel

The package stands on its own: \`msiexec\` alone brings the image service up, with a configuration made from properties. This page is made
from \`msi/glance/product.yaml\`; the same facts lie as JSON beside every package (\`oriel-glance-VERSION.properties.json\`).

    msiexec /i oriel-glance-29.2.1.msi /qn /norestart /l*v install.log ^
      STOREPATH=\\\\sofs1\\images KEYSTONE_AUTH_URL=https://keystone.example.org/v3 ANSWERFILE=C:\\secret\\answers.txt

\`answers.txt\` holds what no command line should, and can be deleted afterwards:

    DATABASE_CONNECTION=mysql+pymysql://glance:PASSWORD@db.example.org/glance?charset=utf8
    KEYSTONE_PASSWORD=PASSWORD

Secrets may be given on the command line as well: Windows keeps hidden properties out of the installer's log, but the command line itself is
seen by whoever may look at processes. \`oriel apply\` installs the same package with \`SKIPCONF=1 STARTSERVICES=0\`, as it does both itself.
`;

const tail = `
## What happens
- Values are checked, all at once, before anything is written. An error fails the installation (1603) with a message for each in the log, and
  everything is taken back.
- Configuration, logs and data are closed to all but SYSTEM, administrators and the account of the services, which gets the right to log on as
  a service. The folders above them are left as they are.
- The configuration is written once. An upgrade, a repair and another installation over it never change or remove a file of it, whatever
  properties say; edit it and restart the service.
- The database schema is created or expanded, one node at a time, so that older releases run on; \`glance-schema contract\` of the launcher takes
  away later what only they need.
- The services are started, and the installation fails where one does not come up within 200 seconds.
- Windows restarts a service that fails: after 10 s, after a minute, then every 5 minutes.
- No port is opened in the firewall: that is a decision of yours. \`New-NetFirewallRule -DisplayName Glance -Direction Inbound -Protocol TCP
  -LocalPort 9292 -Action Allow\` opens it; \`oriel apply\` does it by itself.
- An upgrade lets requests in flight end for 60 seconds, keeps folders, features and remembered properties, and starts the services as the
  new version. A failure inside it brings the old version back.
- An uninstall removes the program and its services, and says in the log what it left: configuration, logs and data.

## Where it was tried
In Wine 8, by \`test/msi/lifecycle\`. Wine shows no message of a launch condition under /qn, does not migrate features at an upgrade (ADDLOCAL is
given again in the tests), has no \`/f\`, keeps hidden properties in its log, and does not bring back a product that an upgrade had removed before
it failed, as it removes it in a transaction of its own: that the removal lies inside the transaction, which Windows undoes, is checked in the
tables. Access lists are set and not enforced there, services run as the same user whatever their account, and none is restarted when it fails.
`;

/** The guide to installing by msiexec alone; docs/unattended-install.md is this text. */
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
\`ADDLOCAL=Api,Scrubber\` chooses, \`REMOVE=Scrubber\` takes away later, \`ADDLOCAL=ALL\` is everything. \`Main\` is always there.

${table(['feature', 'what it is', 'by itself', 'service'], rows)}
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
A remembered property is kept for upgrades and repairs; hidden ones never are. What is needed is needed where a configuration is written.

${table(['property', 'value', 'default', '', 'meaning'], rows)}
`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
