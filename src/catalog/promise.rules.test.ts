import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { instant, iso, type Instant } from '../kit/time.ts';
import { plusOpen, promiseOf } from './promise.rules.ts';

const beijing = (text: string): Instant => instant(`${text.replace(' ', 'T')}:00+08:00`);
const said = (at: Instant): string =>
  iso(instant(at + 8 * 3_600_000))
    .slice(0, 16)
    .replace('T', ' ');
const day = { from: '09:00', to: '22:00' };
const night = { from: '22:00', to: '02:00' };

for (const [start, minutes, opening, end] of [
  ['2026-11-20 12:00', 30, null, '2026-11-20 12:30'],
  ['2026-11-20 12:00', 30, day, '2026-11-20 12:30'],
  ['2026-11-20 21:45', 30, day, '2026-11-21 09:15'],
  ['2026-11-20 23:30', 30, day, '2026-11-21 09:30'],
  ['2026-11-20 03:00', 30, day, '2026-11-20 09:30'],
  ['2026-11-20 09:00', 13 * 60, day, '2026-11-20 22:00'],
  ['2026-11-20 21:00', 14 * 60 + 60, day, '2026-11-22 10:00'],
  ['2026-11-20 01:30', 60, night, '2026-11-20 22:30'],
  ['2026-11-20 23:30', 120, night, '2026-11-21 01:30'],
] as const)
  test(`F104 ${minutes} minutes from ${start}, open ${opening ? `${opening.from}-${opening.to}` : 'always'}, end ${end} (Beijing)`, () => {
    equal(said(plusOpen(beijing(start), minutes * 60_000, opening)), end);
  });

for (const [paid, within, opening, accept, promised, due] of [
  ['2026-11-20 12:00', 1800, null, '2026-11-20 12:15', '2026-11-20 12:30', '2026-11-20 13:00'],
  ['2026-11-20 12:00', 20 * 3600, null, '2026-11-20 22:00', '2026-11-21 08:00', '2026-11-21 12:00'],
  ['2026-11-20 21:50', 1800, day, '2026-11-21 09:05', '2026-11-21 09:20', '2026-11-21 09:50'],
  ['2026-11-20 21:50', 20 * 3600, day, '2026-11-21 18:50', '2026-11-21 21:50', '2026-11-21 21:50'],
] as const)
  test(`VGSR 18 paid ${paid}, promised ${within / 60} minutes, ${opening ? 'open by day' : 'always open'}: late at ${promised}, back by itself at ${due}`, () => {
    const made = promiseOf({
      mode: 'manual',
      paidAt: beijing(paid),
      within_seconds: within,
      opening,
      lateAuto_hours: 24,
    });
    equal(said(made.acceptBy), accept);
    equal(said(made.promisedAt), promised);
    equal(said(made.dueAt), due);
  });
