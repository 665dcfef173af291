// What `import ... from 'oriel/msi'` gives; docs/reference/packages/msi-library.md describes it.
export type { MsiArtifact } from '../artifact.ts';
export { BuildError } from '../errors.ts';
export { type BuildOptions, buildMsi } from './build/build.ts';
export type { CompoundStream } from './compound/read-compound.ts';
export type { Column } from './database/schema.ts';
export type { Summary } from './database/summary.ts';
export type { Cell, Row, Table } from './database/table.ts';
export { lintPackage } from './lint/index.ts';
export type { LintFinding } from './lint/rule.ts';
export type { MsiAction, MsiBinary, MsiCall, MsiPlace } from './model/action-model.ts';
export type {
  Installed,
  MsiEnvironment,
  MsiIniFile,
  MsiRecovery,
  MsiRegistry,
  MsiRemoval,
  MsiSearch,
  MsiShortcut,
} from './model/machine-model.ts';
export type {
  MsiDirectory,
  MsiFeature,
  MsiFile,
  MsiModel,
  MsiProperty,
  MsiService,
} from './model/model.ts';
export { ModelError, type ModelProblem } from './model/problem.ts';
export type { BuildProgress, OnProgress } from './model/progress.ts';
export { diffPackages, type PackageDiff, sameContents } from './read/diff.ts';
export { extractPackage } from './read/extract.ts';
export { type MsiDatabase, readMsi } from './read/read.ts';
export { type Fields, type InstalledFile, installedFiles, propertiesOf, recordsOf } from './read/view.ts';
