import { exchangedBy } from '../../openstack/http.ts';
import { readRecord } from '../../session/record/read-record.ts';
import type { Recorder } from '../../session/recorder.ts';
import type { Deployment } from '../../site/deployment.ts';
import { recordedExchange } from './recorded-exchange.ts';
import { recordingExchange } from './recording-exchange.ts';

/** Does something, and records what services are asked over HTTP meanwhile. */
export function recordingServices<Result>(record: Recorder, body: () => Promise<Result>): Promise<Result> {
  return exchangedBy(recordingExchange(record), body);
}

/**
 * Does something with a deployment. Where all its nodes come from a record, services do too: nothing goes over a network.
 * Throws InputError where the file is no record.
 */
export function withServicesOf<Result>(
  { nodes }: Pick<Deployment, 'nodes'>,
  body: () => Promise<Result>,
): Promise<Result> {
  const [first] = nodes;
  const isRecorded = nodes.every(({ via }) => via === 'recorded');
  if (first?.via !== 'recorded' || !isRecorded) return body();
  return exchangedBy(recordedExchange(readRecord(first.file)), body);
}
