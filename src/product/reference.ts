import { referenceOf } from '../site/pages/reference.ts';
import { productJsonSchema } from './grammar/grammar.ts';

const head = `# The product file

One YAML file describes one Windows Installer package of any product. \`oriel msi build product.yaml\` builds it on Linux, the
same bytes every time. \`oriel schema --product --markdown\` writes this page from the grammar. \`oriel schema --product > product.schema.json\` lets
your editor check a file while you write it. [examples/clock](../../../examples/clock) is a small example; [msi.md](msi.md) describes the package.

- oriel refuses unknown keys. It reports every error at once, with line and column, and then writes nothing.
- Paths of files are relative to the product file. Targets are below the install directory and have \`/\` between folders; paths of Windows have \`\\\`.
- Windows fills in \`[INSTALLDIR]\`, \`[LOGDIR]\` and other properties during the installation.
- oriel fills in \`\${name}\` during the build, from \`variables\` or \`--set name=value\`; \`$$\` is a dollar sign.
- Secrets are hidden properties without a value. You can use them in \`password\` of a service, and in \`data\` of an action with \`hideTarget\`.
- An action has one of \`binary\`, \`file\`, \`directory\`, \`property\` and \`error\`, with its \`entry\`, \`command\` or \`value\`. It also has one of
  \`after\`, \`before\` and \`sequence\`.
- A file has one of \`source\` and \`supplied\`. Only the build of a site (\`oriel build\`) provides supplied files: the Python of a component and
  texts of its templates. [msi/glance/product.yaml](../../../msi/glance/product.yaml) has both.
- \`description\`, \`type\` and \`needed\` of properties and directories are for people: \`oriel build\` writes them beside the package.
- oriel refuses YAML anchors, aliases and tags.
`;

/** The reference of the product file in Markdown, made from the grammar; docs/reference/packages/product-file.md is this text. */
export function productReference(): string {
  return referenceOf(head, productJsonSchema());
}
