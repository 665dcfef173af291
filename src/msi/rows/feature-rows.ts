import type { Row } from '../database/table.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';

const disallowAdvertise = 8;
/** Dialogs do not offer to leave it out. */
const disallowAbsent = 16;

/** Rows of Feature and Condition. The first feature, which holds what belongs to none, is not offered for removal. */
export function featureRows(model: MsiModel): {
  readonly Feature: readonly Row[];
  readonly Condition: readonly Row[];
} {
  const features = featuresOf(model);
  return {
    Feature: features.map(({ id, parent, title, description, level }, i) => [
      id,
      parent ?? null,
      title,
      description ?? null,
      // An odd number shows the parts below it.
      2 * i + 1,
      level ?? 1,
      'INSTALLDIR',
      i === 0 ? disallowAdvertise | disallowAbsent : disallowAdvertise,
    ]),
    Condition: features.flatMap(({ id, conditions = [] }) =>
      conditions.map(({ condition, level }): Row => [id, level, condition]),
    ),
  };
}
