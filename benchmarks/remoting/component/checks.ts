/** The twenty things that both programs look at, five of each kind. */
const numbers = [1, 2, 3, 4, 5] as const;

export const root = 'C:\\remoting';
export const directories = numbers.map((number) => `${root}\\directory-${number}`);
export const files = numbers.map((number) => ({
  path: `${root}\\file-${number}.txt`,
  content: `file ${number}\r\n`.repeat(100),
}));
export const registryKey = 'HKLM\\SOFTWARE\\Remoting';
export const registryValues = numbers.map((number) => ({ name: `value-${number}`, value: `text ${number}` }));
export const variables = numbers.map((number) => ({ name: `REMOTING_${number}`, value: `text ${number}` }));
