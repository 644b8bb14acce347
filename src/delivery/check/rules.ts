import type { KeyFormatName } from '../../catalog/content.contract.ts';
import { sameBytes, sha256 } from '../../kit/secret.ts';
import type { CheckFinding, CheckVerdict, KeyPart } from './contract.ts';

/** A key as it was issued: its card number where it has one, and its secret. */
export type Issued = { readonly number: string | null; readonly secret: string };
export type Comparison = { readonly verdict: CheckVerdict; readonly findings: CheckFinding[] };

export type Compared = {
  readonly issued: Issued;
  readonly typed: string;
  readonly part: KeyPart;
  readonly format: KeyFormatName | null;
  /** The other keys of the order that the buyer has seen; sealed ones never take part. */
  readonly others: readonly (Issued & { readonly unit: string })[];
};

/** So many differing characters are counted; above that the number would help somebody who guesses more than somebody who mistyped. */
const countedMost = 3;

/**
 * Compares what somebody typed with a key that this buyer has already seen (F045). Every comparison takes as long whatever it finds, and the
 * answer says how the two differ, never what the issued one is.
 */
export function compareCodes({ issued, typed, part, format, others }: Compared): Comparison {
  const [want, other] = partsOf(issued, part);
  if (same(typed, want)) return { verdict: 'same', findings: [] };
  const spelling = spellingOf(typed, want);
  if (same(plain(typed), plain(want))) return { verdict: 'case_or_space', findings: spelling };
  if (same(folded(typed), folded(want)))
    return { verdict: 'case_or_space', findings: [{ kind: 'lookalike' }, ...spelling.filter(isGap)] };
  if (other !== null && same(plain(typed), plain(other)))
    return { verdict: 'case_or_space', findings: [{ kind: 'other_part' }] };
  const neighbours = others.filter(
    (one) =>
      same(plain(typed), plain(one.secret)) || (one.number !== null && same(plain(typed), plain(one.number))),
  );
  const [neighbour] = neighbours;
  if (neighbour) return { verdict: 'other_unit', findings: [{ kind: 'other_unit', unit: neighbour.unit }] };
  return {
    verdict: 'different',
    findings: [...differences(typed, want, part, format), ...spelling.filter(isGap)],
  };
}

/** What is compared, and the other part of the same key. A key without a number has one part. */
const partsOf = ({ number, secret }: Issued, part: KeyPart): readonly [want: string, other: string | null] =>
  part === 'number' && number !== null ? [number, secret] : [secret, number];

/** Equal without telling by its time where they part. */
const same = (a: string, b: string): boolean => sameBytes(sha256(a), sha256(b));

const invisible = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;
const gaps = /[\s\u3000]/g;
const hyphens = /[-\u2010-\u2015]/g;

const narrow = (text: string): string => text.replace(invisible, '').normalize('NFKC');
/** Without spaces, hyphens, width and case: what is left is the code itself. */
const plain = (text: string): string => narrow(text).replace(gaps, '').replace(hyphens, '').toUpperCase();
/** The same with look-alikes made one. */
const folded = (text: string): string => plain(text).replaceAll('O', '0').replace(/[IL|]/g, '1');

const isGap = ({ kind }: CheckFinding): boolean => kind === 'space' || kind === 'wide';
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function spellingOf(typed: string, want: string): CheckFinding[] {
  const findings: CheckFinding[] = [];
  const bare = typed.replace(invisible, '');
  if (bare !== typed || count(bare, gaps) !== count(want, gaps)) findings.push({ kind: 'space' });
  if (narrow(typed).replace(gaps, '') !== bare.replace(gaps, '')) findings.push({ kind: 'wide' });
  if (count(narrow(typed), hyphens) !== count(want, hyphens)) findings.push({ kind: 'hyphen' });
  const tight = (text: string): string => narrow(text).replace(gaps, '').replace(hyphens, '');
  if (tight(typed) !== tight(want) && plain(typed) === plain(want)) findings.push({ kind: 'case' });
  return findings;
}

function differences(
  typed: string,
  want: string,
  part: KeyPart,
  format: KeyFormatName | null,
): CheckFinding[] {
  const [is, should] = [[...plain(typed)], [...plain(want)]];
  const findings: CheckFinding[] = fits(plain(typed), part, format) ? [] : [{ kind: 'format' }];
  if (is.length > should.length) return [...findings, { kind: 'longer', count: is.length - should.length }];
  if (is.length < should.length) return [...findings, { kind: 'shorter', count: should.length - is.length }];
  let differing = 0;
  for (let i = 0; i < should.length; i++) differing += is[i] === should[i] ? 0 : 1;
  if (differing > countedMost) return [...findings, { kind: 'differs_much' }];
  return [...findings, { kind: 'differs', count: differing }];
}

/** Whether it could be such a key at all (F032: 25 characters, F036: a number of 16 digits). */
function fits(code: string, part: KeyPart, format: KeyFormatName | null): boolean {
  if (format === 'code25') return /^[A-Z0-9]{25}$/.test(code);
  if (format === 'digits16') return part === 'number' ? /^\d{16}$/.test(code) : code !== '';
  return /^[\x21-\x7e]+$/.test(code);
}
