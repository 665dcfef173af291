import { describe, expect, it } from 'vitest';
import { SessionError } from '../../../src/errors.ts';
import { made, readAnswer } from '../../../src/session/winrm/shell/wsman.ts';
import { commandIn, envelopeSizeIn, outputIn, shellIn } from '../../../src/session/winrm/soap/answers.ts';
import { faultError } from '../../../src/session/winrm/soap/fault.ts';
import { knownFaults } from '../../../src/session/winrm/soap/known-faults.ts';
import { whole } from '../../extent.ts';
import { changed, randomFrom } from './changed.ts';

const names =
  'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell"';
const enveloped = (body: string): string =>
  `<s:Envelope ${names}><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;
const faultOf = (code: number, text: string): string =>
  enveloped(
    `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value xmlns:w="urn:w">w:InternalError</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">Why</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="${code}" Machine="n"><f:Message>${text}</f:Message></f:WSManFault></s:Detail></s:Fault>`,
  );
const output = enveloped(
  '<rsp:ReceiveResponse><rsp:Stream Name="stdout" CommandId="C">YWJj</rsp:Stream><rsp:Stream Name="stderr" CommandId="C"></rsp:Stream><rsp:Stream Name="stdout" CommandId="C" End="true"/><rsp:CommandState CommandId="C" State="http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Done"><rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState></rsp:ReceiveResponse>',
);
const answers = [
  output,
  enveloped('<rsp:Shell><rsp:ShellId>5A</rsp:ShellId></rsp:Shell>'),
  enveloped('<rsp:CommandResponse><rsp:CommandId>6B</rsp:CommandId></rsp:CommandResponse>'),
  enveloped(
    '<c:Config xmlns:c="http://schemas.microsoft.com/wbem/wsman/1/config"><c:MaxEnvelopeSizekb>500</c:MaxEnvelopeSizekb></c:Config>',
  ),
  faultOf(2150858843, 'x'),
];

/** All that is ever made of an answer. */
function read(text: string): unknown {
  const answer = readAnswer('glance-1', text);
  if (answer.fault) return faultError('glance-1', 'to do it', answer.fault).message;
  const { body } = answer;
  return made('glance-1', () => [shellIn(body), commandIn(body), envelopeSizeIn(body), outputIn(body)]);
}

describe('an answer', () => {
  it('gives its streams, empty ones too, and how the command ended', () => {
    const answer = readAnswer('glance-1', output);
    expect(answer.fault ? undefined : outputIn(answer.body)).toEqual({
      pieces: [
        { stream: 'stdout', bytes: Buffer.from('abc') },
        { stream: 'stderr', bytes: Buffer.alloc(0) },
        { stream: 'stdout', bytes: Buffer.alloc(0) },
      ],
      done: true,
      exitCode: 0,
    });
  });

  it('that was changed on the way is read or refused, and nothing else', () => {
    const random = randomFrom(20_261_201);
    let refused = 0;
    const rounds = whole ? 10_000 : 1_500;
    for (let round = 0; round < rounds; round += 1) {
      const text = changed(answers[random(answers.length)] ?? '', random);
      try {
        read(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SessionError);
        expect((error as Error).message.length).toBeLessThan(3_000);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(rounds / 3);
    expect(refused).toBeLessThan(rounds);
  });

  it('with a fault that is known says what it means, its code and what to do', () => {
    for (const code of Object.keys(knownFaults).map(Number)) {
      const answer = readAnswer('glance-1', faultOf(code, 'In the words of Windows.'));
      const error = answer.fault && faultError('glance-1', 'to open a shell', answer.fault);
      expect(error?.message).toContain(knownFaults[code]?.means);
      expect(error?.message).toContain('In the words of Windows.');
      expect(error?.message).toMatch(/code \d+,|0x8[0-9A-F]{7},/);
      expect(error?.remedy).toBe(knownFaults[code]?.remedy);
    }
  });

  it('with one that nobody knows says what the node says, without control characters and in short', () => {
    const answer = readAnswer('glance-1', faultOf(2150859999, 'No &#x9b;31m way. '.repeat(1_000)));
    const error = answer.fault && faultError('glance-1', 'to open a shell', answer.fault);
    expect(error?.message).toMatch(
      /^the node refuses to open a shell: No way\. .*\(0x803384DF, InternalError\)$/,
    );
    expect(error?.message.length).toBeLessThan(1_200);
  });
});
