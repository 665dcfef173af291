import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { withMermaid } from 'vitepress-plugin-mermaid';
import { anchorOf } from '../../check/documents/markdown.ts';

const source = '../../.oriel/docs';

const page = (text: string, link: string) => ({ text, link });

/** Records of decisions, by their number. */
const records = readdirSync(new URL(`../${source}/adr`, import.meta.url))
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => page(name.replace(/\.md$/, '').replace('-', ' ').replaceAll('-', ' '), `/adr/${name}`));

export default withMermaid(
  defineConfig({
    title: 'oriel',
    description: 'OpenStack image service on Windows Server, from one site file',
    srcDir: source,
    cacheDir: '../../.oriel/docs-cache',
    lang: 'en',
    // Schemas are files of the site and no pages; `npm run check` holds links to them.
    ignoreDeadLinks: [/\/schemas\//],
    markdown: {
      anchor: { slugify: anchorOf },
      toc: { slugify: anchorOf },
      // Braces of templates of others are text here, and nothing for Vue to compute.
      config: (md) => {
        for (const name of ['text', 'code_inline'] as const) {
          const rule = md.renderer.rules[name];
          md.renderer.rules[name] = (...args) => (rule?.(...args) ?? '').replaceAll('{{', '&#123;&#123;');
        }
      },
    },
    themeConfig: {
      search: { provider: 'local' },
      outline: [2, 3],
      nav: [
        page('Start', '/how-to/start'),
        page('Verbs', '/reference/verbs'),
        page('Site file', '/reference/site-file'),
        page('Troubleshooting', '/how-to/troubleshoot'),
      ],
      sidebar: [
        {
          text: 'How to',
          items: [
            page('Start', '/how-to/start'),
            page('Prepare Windows nodes', '/how-to/prepare-nodes'),
            page('Configure a site', '/how-to/configure'),
            page('Deploy', '/how-to/deploy'),
            page('Install by MSI', '/how-to/install-msi'),
            page('Upgrade and go back', '/how-to/upgrade'),
            page('Storage', '/how-to/storage'),
            page('Juju', '/how-to/juju'),
            page('Reach the nodes', '/how-to/remoting'),
            page('Run in CI', '/how-to/ci'),
            page('Operate', '/how-to/operate'),
            page('Troubleshooting', '/how-to/troubleshoot'),
          ],
        },
        {
          text: 'Explanation',
          items: [
            page('Overview', '/explanation/overview'),
            page('Plan, apply, verify', '/explanation/plan'),
            page('Upgrade, rollback, removal', '/explanation/upgrade'),
            page('Glance on Windows', '/explanation/glance-on-windows'),
            page('Security', '/explanation/security'),
          ],
        },
        {
          text: 'Reference',
          collapsed: false,
          items: [
            page('Verbs', '/reference/verbs'),
            page('Command line', '/reference/command-line'),
            page('Site file', '/reference/site-file'),
            page('Files', '/reference/files'),
            page('Resources', '/reference/resources'),
            page('Storage checks', '/reference/storage-checks'),
            page('Known errors', '/reference/errors'),
            page('Reports', '/reference/reports'),
            page('Juju', '/reference/juju'),
            page('Rules for charms', '/reference/charm-lint'),
            page('Glossary', '/reference/glossary'),
          ],
        },
        {
          text: 'Nodes',
          collapsed: true,
          items: [
            page('node prepare', '/reference/nodes/node-prepare'),
            page('Remoting', '/reference/nodes/remoting'),
            page('Doctor and facts', '/reference/nodes/doctor'),
            page('Drills', '/reference/nodes/drill'),
            page('Records', '/reference/nodes/record'),
            page('Sandbox', '/reference/nodes/sandbox'),
            page('Agent protocol', '/reference/nodes/agent-protocol'),
          ],
        },
        {
          text: 'Packages',
          collapsed: true,
          items: [
            page('Properties', '/reference/packages/unattended-install'),
            page('Product file', '/reference/packages/product-file'),
            page('Graphical installer', '/reference/packages/graphical-install'),
            page('oriel msi', '/reference/packages/msi'),
            page('Lint rules', '/reference/packages/msi-lint'),
            page('Library', '/reference/packages/msi-library'),
            page('Signing', '/reference/packages/signing'),
            page('Payload', '/reference/packages/payload'),
          ],
        },
        {
          text: 'Contributors',
          collapsed: true,
          items: [
            page('Architecture', '/project/architecture'),
            page('Contributing', '/project/contributing'),
            page('Security', '/project/security'),
            page('Changes', '/project/changelog'),
            ...records,
          ],
        },
      ],
    },
  }),
);
