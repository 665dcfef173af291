import type { CheckOutcome } from '../../../check.ts';
import type { Answers, StorageCheck, Subject } from '../model/check.ts';
import { availabilityTypes, cachingModes, shareStates, shareTypes } from '../model/enumerations.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { evidenceOf, flagOf, namedOf, type Row, same, textOf } from '../model/read.ts';
import { argumentsOf, askShares, findShare, identityOf, notShared } from './find-share.ts';

const server = { sides: ['server'], per: 'share', except: notShared } as const;

/** Judges the row of the share, or says why there is none. */
function ofShare(judge: (row: Row, subject: Subject) => CheckOutcome): StorageCheck['verdict'] {
  return (answers: Answers, subject) => {
    const found = findShare(answers, subject);
    return 'row' in found ? judge(found.row, subject) : found.outcome;
  };
}

const exists: StorageCheck = {
  ...server,
  id: 'STO-21',
  title: 'look for the share on its file server',
  why: 'A share is known by its name and its file server together: a share of the same name elsewhere holds other files.',
  remedy:
    'let oriel create it (storage.shares.NAME.manage), or: New-SmbShare -Name NAME -ScopeName SCOPE -Path FOLDER',
  ask: () => ({ shares: askShares('Path', 'ShareState', 'ShareType') }),
  verdict: ofShare((row, { share }) => {
    const state = namedOf(row, 'ShareState', shareStates);
    const type = namedOf(row, 'ShareType', shareTypes);
    const path = textOf(row, 'Path');
    const clustered = identityOf(share).scope !== '*';
    return judged(
      [
        failIf(
          state !== 'Online',
          `the share is ${state}, not Online`,
          'Get-ClusterResource: bring its file server and volume online',
        ),
        failIf(type !== 'FileSystemDirectory', `the share is a ${type}, not a folder`),
        failIf(
          clustered && !/^[a-z]:\\ClusterStorage\\[^\\]/i.test(path),
          `its folder ${path} is not on a cluster shared volume`,
          'create the folder below C:\\ClusterStorage, and the share anew: Remove-SmbShare, New-SmbShare',
        ),
        failIf(
          share.folder !== undefined && !same(share.folder, path),
          `its folder is ${path}, not ${share.folder}`,
          'set storage.shares.NAME.folder to the folder that the share has',
        ),
      ],
      `Online, folder ${path}`,
      evidenceOf(row, 'Name', 'ScopeName', 'Path', 'ShareState', 'ShareType'),
    );
  }),
};

const available: StorageCheck = {
  ...server,
  id: 'STO-22',
  title: 'see whether open files survive a failover',
  why: 'Without continuous availability every failover of the file server ends the uploads that are under way.',
  remedy: 'Set-SmbShare -Name NAME -ScopeName SCOPE -ContinuouslyAvailable $true',
  needs: ['STO-21'],
  ask: () => ({ shares: askShares('ContinuouslyAvailable', 'AvailabilityType', 'CATimeout') }),
  verdict: ofShare((row, { share }) => {
    const continuous = flagOf(row, 'ContinuouslyAvailable');
    const type = namedOf(row, 'AvailabilityType', availabilityTypes);
    const desired = share.continuouslyAvailable;
    const evidence = evidenceOf(row, 'ContinuouslyAvailable', 'AvailabilityType', 'CATimeout');
    const set = `Set-SmbShare ${argumentsOf(share)} -ContinuouslyAvailable $true`;
    return judged(
      [
        failIf(desired && !continuous, 'the share is not continuously available', set),
        failIf(
          share.kind === 'sofs' && type !== 'ScaleOut',
          `the share is ${type}, not ScaleOut: it is not of a scale-out file server`,
          'make the role with Add-ClusterScaleOutFileServerRole, and the share on it',
        ),
      ],
      continuous ? 'continuously available' : 'not continuously available, as the site says',
      evidence,
    );
  }),
};

const caching: StorageCheck = {
  ...server,
  id: 'STO-23',
  title: 'see whether clients keep copies of files',
  why: 'A client that keeps copies shows the other nodes old sizes and old content.',
  remedy: 'Set-SmbShare -Name NAME -ScopeName SCOPE -CachingMode None',
  needs: ['STO-21'],
  ask: () => ({ shares: askShares('CachingMode') }),
  verdict: ofShare((row, { share }) => {
    const mode = namedOf(row, 'CachingMode', cachingModes);
    const set = `Set-SmbShare ${argumentsOf(share)} -CachingMode None`;
    return judged(
      [warnIf(mode !== 'None', `clients may keep copies: CachingMode is ${mode}, not None`, set)],
      'clients keep no copies',
      evidenceOf(row, 'CachingMode'),
    );
  }),
};

const encryption: StorageCheck = {
  ...server,
  id: 'STO-24',
  title: 'compare the encryption of the share with the site',
  why: 'Traffic that should be encrypted is readable on the way; encryption that nobody asked for costs throughput.',
  remedy: 'Set-SmbShare -Name NAME -ScopeName SCOPE -EncryptData $true',
  needs: ['STO-21'],
  ask: () => ({ shares: askShares('EncryptData') }),
  verdict: ofShare((row, { share }) => {
    const encrypts = flagOf(row, 'EncryptData');
    const set = (to: boolean): string => `Set-SmbShare ${argumentsOf(share)} -EncryptData $${to} -Force`;
    return judged(
      [
        failIf(
          share.encrypt && !encrypts,
          'the share does not encrypt its traffic, and the site says that it has to',
          set(true),
        ),
        warnIf(
          share.manage && encrypts && !share.encrypt,
          'the share encrypts its traffic, and the site does not say so',
          `set encrypt: true of this share, or: ${set(false)}`,
        ),
      ],
      encrypts
        ? 'the share encrypts its traffic'
        : 'the share does not encrypt its traffic, as the site says',
      evidenceOf(row, 'EncryptData'),
    );
  }),
};

/** The share itself, asked where it is. */
export const shareChecks: readonly StorageCheck[] = [exists, available, caching, encryption];
