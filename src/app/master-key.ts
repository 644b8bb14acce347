import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// The file: one line of purpose, one of key, one of check digits. A person can copy it from paper.
const groups = (hex: string): string => hex.toUpperCase().match(/.{4}/g)?.join(' ') ?? '';
const checkOf = (hex: string): string =>
  createHash('sha256').update(`mengyue master ${hex.toLowerCase()}`).digest('hex').slice(0, 8);

export type MasterKey = { bytes: Buffer; demo: boolean };

/**
 * The master key of this installation, made on the very first start and never again: with a database that holds
 * something, a missing key is a loss to be told, not to be papered over. Throws when the file is damaged.
 */
export function masterKey(
  path: string,
  options: { demo: boolean; mayMake: boolean; say: (line: string) => void },
): MasterKey {
  if (existsSync(path)) return readKey(path);
  if (!options.mayMake)
    throw new Error(
      `The master key ${path} is missing, and the database holds secrets that only it opens. Put it back from the recovery sheet.`,
    );
  const hex = randomBytes(32).toString('hex');
  const text = `mengyue master key, ${options.demo ? 'demo' : 'production'}\n${groups(hex)}\ncheck ${checkOf(hex)}\n`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  if (!options.demo) for (const line of recoverySheet(path, hex)) options.say(line);
  return readKey(path);
}

function readKey(path: string): MasterKey {
  const [purpose = '', key = '', check = ''] = readFileSync(path, 'utf8').split('\n');
  const hex = key.replaceAll(' ', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex) || check !== `check ${checkOf(hex)}`)
    throw new Error(
      `The master key in ${path} is damaged: its check digits do not fit. Copy it from the recovery sheet again.`,
    );
  return { bytes: Buffer.from(hex, 'hex'), demo: purpose.endsWith('demo') };
}

/** Printed once. Who loses both the file and this sheet loses every card key that is stored. */
const recoverySheet = (path: string, hex: string): string[] => [
  '── recovery sheet 恢复单: print it, keep it away from this machine ──',
  `  ${groups(hex.slice(0, 32))}`,
  `  ${groups(hex.slice(32))}`,
  `  check ${checkOf(hex)}`,
  `  restores ${path}`,
  '────────────────────────────────────────────────────────────────',
];
