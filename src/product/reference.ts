import { referenceOf } from '../site/pages/reference.ts';
import { productJsonSchema } from './grammar.ts';

const head = `# The product file

One YAML file says everything about one Windows Installer package, of any product: \`oriel msi build product.yaml\` makes it on Linux, the
same bytes every time. This page is made by \`oriel schema --product --markdown\`; \`oriel schema --product > product.schema.json\` lets an editor
check a file while it is written. [examples/clock](../examples/clock) is a small one, [msi.md](msi.md) says what a package does.

- A key that is not known is an error. Every error is told at once, with its line and column, and nothing is written.
- Paths of files begin at the product file. Targets are below the install directory and have \`/\` between folders; paths of Windows have \`\\\`.
- \`[INSTALLDIR]\`, \`[LOGDIR]\` and other properties are filled in by Windows when it installs.
- \`\${name}\` is filled in when the package is built, from \`variables\` or \`--set name=value\`; \`$$\` is a dollar sign.
- Secrets are hidden properties without a value. They may stand in \`password\` of a service, and in \`data\` of an action with \`hideTarget\`.
- An action has one of \`binary\`, \`file\`, \`directory\`, \`property\` and \`error\`, what goes with it (\`entry\`, \`command\` or \`value\`), and one of
  \`after\`, \`before\` and \`sequence\`.
- A file has one of \`source\` and \`supplied\`. What is supplied only a build of a site makes (\`oriel build\`): the Python of a component and
  texts of its templates. [msi/glance/product.yaml](../msi/glance/product.yaml) has both.
- \`description\`, \`type\` and \`needed\` of properties and directories are for people: \`oriel build\` writes them beside the package.
- YAML anchors, aliases and tags are not used.
`;

/** The reference of the product file in Markdown, made from the grammar; docs/product-file.md is this text. */
export function productReference(): string {
  return referenceOf(head, productJsonSchema());
}
