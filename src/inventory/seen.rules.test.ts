import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seenFor, seenIn } from './seen.rules.ts';

test('fingerprints are met again as a Map would meet them, also where their first bytes are the same', () => {
  const print = fc.tuple(fc.nat(3), fc.nat(5)).map(([head, tail]) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt32LE(head * 64, 0);
    bytes.writeUInt32LE(tail, 12);
    return bytes;
  });
  fc.assert(
    fc.property(fc.array(print, { minLength: 1, maxLength: 60 }), (prints) => {
      const seen = seenFor(prints.length);
      const model = new Map<string, number>();
      const all = Buffer.concat(prints);
      prints.forEach((one, i) => {
        const key = one.toString('hex');
        equal(seenIn(seen, all, i * 16, i + 1), model.get(key) ?? 0);
        if (!model.has(key)) model.set(key, i + 1);
      });
    }),
  );
});
