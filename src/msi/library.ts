// What `import ... from 'oriel/msi'` gives; docs/msi-library.md describes it.
export type { MsiArtifact } from '../artifact.ts';
export { BuildError } from '../errors.ts';
export type { MsiAction, MsiBinary, MsiCall, MsiPlace } from './action-model.ts';
export { type BuildOptions, buildMsi } from './build.ts';
export { diffPackages, type PackageDiff, sameContents } from './diff.ts';
export { extractPackage } from './extract.ts';
export { lintPackage } from './lint/index.ts';
export type { Finding } from './lint/rule.ts';
export type {
  Installed,
  MsiEnvironment,
  MsiIniFile,
  MsiRecovery,
  MsiRegistry,
  MsiRemoval,
  MsiSearch,
  MsiShortcut,
} from './machine-model.ts';
export type {
  MsiDirectory,
  MsiFeature,
  MsiFile,
  MsiModel,
  MsiProperty,
  MsiService,
} from './model.ts';
export { ModelError, type ModelProblem } from './model-problem.ts';
export type { OnProgress, Progress } from './progress.ts';
export { type MsiDatabase, readMsi } from './read.ts';
export type { CompoundStream } from './read-compound.ts';
export type { Column } from './schema.ts';
export type { Summary } from './summary.ts';
export type { Cell, Row, Table } from './table.ts';
export { type Fields, type InstalledFile, installedFiles, propertiesOf, recordsOf } from './view.ts';
