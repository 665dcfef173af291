import { isBelow } from '../cluster/find-volume.ts';
import { cmdlet, type StorageCheck } from '../model/check.ts';
import { judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { firstRowOf, flagOf, tableOf, textOf } from '../model/read.ts';
import { askShares, findShare, unknownFolder } from '../shares/find-share.ts';

/** What the virus scanner of Windows leaves alone. */
export const exclusions: StorageCheck = {
  sides: ['server'],
  per: 'share',
  id: 'STO-34',
  title: 'see whether the virus scanner leaves the images alone',
  why: 'A scanner that opens each image after its upload holds files that the service wants to rename or delete.',
  remedy: 'Add-MpPreference -ExclusionPath FOLDER',
  ask: (subject) => ({
    scanner: cmdlet('Get-MpPreference', ['ExclusionPath', 'DisableRealtimeMonitoring']),
    ...(subject.share.kind !== 'csv' && { shares: askShares('Path') }),
  }),
  verdict(answers, subject) {
    const scanner = firstRowOf(answers, 'scanner', 'the scanner does not say what it leaves alone');
    const found = subject.share.kind === 'csv' ? undefined : findShare(answers, subject);
    if (found && !('row' in found)) return unknownFolder(found.outcome);
    const folder = found ? textOf(found.row, 'Path') : subject.share.path;
    const off = flagOf(scanner, 'DisableRealtimeMonitoring');
    // Windows leaves an empty list out.
    const paths = [scanner.values.ExclusionPath ?? []].flat().map(String);
    const covered = paths.some((path) => isBelow(folder, path.replace(/\\+\**$/, '')));
    return judged(
      [
        warnIf(
          !off && !covered,
          `the scanner of Windows looks into ${folder}`,
          `Add-MpPreference -ExclusionPath ${quoted(folder)}`,
        ),
      ],
      off ? 'the scanner of Windows does not look into files as they are opened' : `${folder} is left alone`,
      { exclusions: paths },
    );
  },
};

const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem';
/** A backslash and the id of an image. */
const imageName = 37;
const most = 259;
const enable =
  "Set-ItemProperty 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\FileSystem' LongPathsEnabled 1, or a shorter folder";

/** Room below the folder for the name of an image. */
export const longPaths: StorageCheck = {
  sides: ['client'],
  per: 'share',
  id: 'STO-35',
  title: 'measure the path of an image',
  why: 'Windows refuses paths of 260 characters and more where long paths are off.',
  remedy: enable,
  ask: () => ({ setting: { call: 'Get-RegistryValue', key, name: 'LongPathsEnabled' } }),
  verdict(answers, { share }) {
    const setting = tableOf(answers, 'setting');
    const enabled = flagOf(setting, 'exists') && textOf(setting, 'value') === '1';
    const length = share.path.length + imageName;
    const message = `the path of an image has ${length} characters`;
    return judged(
      [warnIf(length > most && !enabled, `${message}, and long paths are off`, enable)],
      `${message}, long paths are ${enabled ? 'on' : 'off'}`,
      { length, longPaths: enabled },
    );
  },
};
