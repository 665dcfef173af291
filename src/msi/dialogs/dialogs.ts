import type { MsiUi } from '../model/dialog-model.ts';
import { featuresOf, type MsiModel } from '../model/model.ts';
import { adminFolder } from './pages/admin.ts';
import { features, folder, licence, maintenance, ready, toReady, welcome } from './pages/begin.ts';
import * as boxes from './pages/boxes.ts';
import { failure, progress, success, userExit } from './pages/end.ts';
import { problemsProperty, settings, settingsDialog } from './pages/settings.ts';
import { withAccessKeys } from './parts/access-keys.ts';
import { go } from './parts/controls.ts';
import type { Dialog } from './parts/dialog.ts';
import type { Texts } from './parts/frames.ts';
import { type Stop, wayFrom } from './parts/route.ts';

const installing = 'WizardMode = "Install"';

/** Every dialog of a package, described. */
export function dialogsOf(model: MsiModel, ui: MsiUi): Dialog[] {
  const t: Texts = (key) => ui.texts[key] ?? key;
  const hasChoice = featuresOf(model).length > 1;
  const stops = stopsOf(ui, hasChoice);
  const back = (dialog: string) => wayFrom(stops, dialog, 'backward');
  const next = (dialog: string, unless?: string) => {
    const way = wayFrom(stops, dialog, 'forward', unless);
    return way.some(({ argument }) => argument === 'ReadyDlg') ? [...toReady(unless), ...way] : way;
  };
  const ways = (dialog: string, unless?: string) => ({ back: back(dialog), next: next(dialog, unless) });
  const changing = 'WizardMode = "Change"';
  const featureWays = {
    back: [go('MaintenanceDlg', changing), ...wayFrom(stops, 'FeaturesDlg', 'backward', changing)],
    next: [...toReady(), go('ReadyDlg', changing), ...wayFrom(stops, 'FeaturesDlg', 'forward', changing)],
  };
  const readyBack = [
    ...(hasChoice ? [go('FeaturesDlg', changing)] : []),
    go('MaintenanceDlg', 'WizardMode = "Repair" OR WizardMode = "Remove"'),
    ...wayFrom(stops, 'ReadyDlg', 'backward', `NOT (${installing})`),
  ];
  return [
    welcome(t, next('WelcomeDlg')),
    ...(ui.licence === undefined ? [] : [licence(t, ui.licence, ways('LicenceDlg'))]),
    folder(t, ways('FolderDlg')),
    ...(hasChoice ? [features(t, featureWays)] : []),
    ...ui.pages.map((one) => settings(t, one, ways(settingsDialog(one), problemsProperty))),
    ready(t, readyBack),
    ...[maintenance(t, hasChoice), progress(t), success(t), failure(t), userExit(t), adminFolder(t)],
    ...[boxes.cancel(t), boxes.problems(t), boxes.wait(t), boxes.disk(t), boxes.browse(t), boxes.error(t)],
    ...[boxes.filesInUse(t), boxes.restartManager(t)],
  ].map(withAccessKeys);
}

/** Pages of an installation, in their order. */
function stopsOf(ui: MsiUi, hasChoice: boolean): Stop[] {
  return [
    { dialog: 'WelcomeDlg' },
    ...(ui.licence === undefined ? [] : [{ dialog: 'LicenceDlg' }]),
    { dialog: 'FolderDlg' },
    ...(hasChoice ? [{ dialog: 'FeaturesDlg' }] : []),
    ...ui.pages.map((one) => ({ dialog: settingsDialog(one), condition: one.condition })),
    { dialog: 'ReadyDlg' },
  ];
}
