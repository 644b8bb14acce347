import { generateKeyPairSync } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../kit/assert.ts';
import { noteSigner, parseSkey, skeyOf, type NoteSigner } from './note.rules.ts';

/**
 * The key of the log, from its file; made with `origin` as its name when there is none (mode 0600). The origin stays what it was at the making,
 * whatever the settings say later: a log never changes its name.
 */
export function logKey(path: string, origin: string): NoteSigner {
  const found = readKey(path);
  if (found) return found;
  mkdirSync(dirname(path), { recursive: true });
  writeKey(path, skeyOf(noteSigner(origin, generateKeyPairSync('ed25519').privateKey)));
  const made = readKey(path);
  assert(made, 'the key of the log is there once it was made');
  return made;
}

function readKey(path: string): NoteSigner | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const signer = parseSkey(text.trim());
  assert(signer, 'the file of the log key holds a key');
  return signer;
}

/** A link never replaces a file, so of two programs that start at once one key remains, whole. */
function writeKey(path: string, skey: string): void {
  const part = `${path}.${process.pid}`;
  const file = openSync(part, 'w', 0o600);
  writeSync(file, `${skey}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(part);
  }
}
