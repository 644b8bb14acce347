import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { instant } from '../kit/time.ts';
import { cardOf, expiryOf, isProblem, masked, maskedNumber, normalise, type KeyRules } from './card.rules.ts';
import type { ImportSettings } from './contract.ts';
import { decodeUpload } from './encoding.rules.ts';
import { planLayout, type KeyFormat } from './layout.rules.ts';
import { rowsOf, UnreadableRow } from './rows.rules.ts';

const auto: ImportSettings = { delimiter: 'auto', header: 'auto', columns: [] };
const now = instant('2026-11-20T04:00:00.000Z');
const free: KeyRules = { format: 'free', useWithin_hours: null };

/** All the way from bytes to keys: 'row: card number/secret/extra' or 'row: REASON'. */
function read(bytes: Uint8Array, settings: Partial<ImportSettings> = {}, rules: KeyRules = free): string[] {
  const decoded = decodeUpload(bytes);
  if (!decoded.ok) return [`${decoded.refusal} ${decoded.detail?.['row'] ?? ''}`.trim()];
  const layout = planLayout(decoded.value.text, { ...auto, ...settings }, rules.format);
  if (!layout.ok) return [layout.refusal];
  const out: string[] = [];
  for (const row of rowsOf(decoded.value.text, layout.value)) {
    const card = cardOf(row, layout.value, rules, now);
    out.push(
      isProblem(card)
        ? `${card.row}: ${card.reason}`
        : `${card.row}: ${card.cardNo}/${card.secret}/${card.extra}`,
    );
  }
  return out;
}
const text = (...lines: string[]): Uint8Array => Buffer.from(lines.join('\n'));

const layouts: [
  name: string,
  upload: Uint8Array,
  wanted: string[],
  settings?: Partial<ImportSettings>,
  rules?: KeyRules,
][] = [
  ['one key on each line (DK)', text('AAAA-1111', '', 'BBBB-2222', ''), ['1: /AAAA-1111/', '3: /BBBB-2222/']],
  [
    'a CSV with a header that has secret (DN)',
    text('secret,note', 'K1,red', 'K2,'),
    ['2: /K1/note: red', '3: /K2/'],
  ],
  ['卡密║预告║加价║成本 (ACG)', text('K1║靓号║2.00║8.00', 'K2║║║'), ['1: /K1/', '2: /K2/']],
  ['an ACG header', text('卡密║预告║加价║成本', 'K1║靓号║2.00║8.00'), ['2: /K1/']],
  ['number and pwd pairs', text('number,pwd', '10001,aaa', '10002,bbb'), ['2: 10001/aaa/', '3: 10002/bbb/']],
  ['卡号----卡密', text('10001----aaa', '10002----b-b'), ['1: 10001/aaa/', '2: 10002/b-b/']],
  ['账号----密码----邮箱----邮箱密码', text('u1----p1----m@x.example----mp'), ['1: u1/p1/m@x.example\nmp']],
  ['卡号 卡密 with a space', text('10001 aaa', '10002  bbb'), ['1: 10001/aaa/', '2: 10002/bbb/']],
  ['tabs from a spreadsheet', text('卡号\t密码\t有效期', '10001\taaa\t2027-05-31'), ['2: 10001/aaa/']],
  ['a pipe', text('10001|aaa', '10002|bbb'), ['1: 10001/aaa/', '2: 10002/bbb/']],
  [
    'a quoted comma and a doubled quote',
    text('secret,note', '"a,b","say ""hi"""'),
    ['2: /a,b/note: say "hi"'],
  ],
  [
    'a key that contains commas only sometimes',
    text('a,b', 'cde', 'fgh', 'ijk', 'lmn'),
    ['1: /a,b/', '2: /cde/', '3: /fgh/', '4: /ijk/', '5: /lmn/'],
  ],
  [
    'a sentence with spaces is one key',
    text('enter this code ABC', 'enter that DEF'),
    ['1: /enter this code ABC/', '2: /enter that DEF/'],
  ],
  [
    'columns set by hand',
    text('x,10001,aaa', 'y,10002,bbb'),
    ['1: 10001/aaa/', '2: 10002/bbb/'],
    { columns: ['skip', 'card_no', 'secret'] },
  ],
  ['columns without a secret', text('1,2'), ['IMPORT_COLUMNS'], { columns: ['card_no', 'extra'] }],
  ['two secrets', text('1,2'), ['IMPORT_COLUMNS'], { columns: ['secret', 'secret'] }],
  [
    'a row with too many and one with too few cells',
    text('number,pwd', '1,2,3', '4', '5,6'),
    ['2: COLUMN_COUNT', '3: COLUMN_COUNT', '4: 5/6/'],
  ],
  [
    'Windows and old Mac line ends',
    text('K1\r\nK2\rK3'.replace('\n', '\n')),
    ['1: /K1/', '2: /K2/', '3: /K3/'],
  ],
  ['invisible characters are taken away', text('\u200bK1\ufeff', 'K2'), ['1: /K1/', '2: /K2/']],
  ['a control character', text('K\u00011', 'K2'), ['1: CONTROL_CHARACTER', '2: /K2/']],
  ['an empty secret', text('number,pwd', '1,', '2,b'), ['2: SECRET_MISSING', '3: 2/b/']],
  [
    '760 characters, and one more',
    text('x'.repeat(760), 'y'.repeat(761)),
    [`1: /${'x'.repeat(760)}/`, '2: TOO_LONG'],
  ],
  [
    'F036 16 digits and a secret',
    text('6021 8840 1234 7101,Q7 X2', '602188401234710,A', '6021884012347102,B'),
    ['1: 6021884012347101/Q7X2/', '2: CARD_NO_FORM', '3: 6021884012347102/B/'],
    {},
    { format: 'digits16', useWithin_hours: null },
  ],
  [
    'F036 a secret without its card number',
    text('Q7X2'),
    ['1: CARD_NO_MISSING'],
    {},
    { format: 'digits16', useWithin_hours: null },
  ],
  [
    'F032 25 characters, and 24',
    text('abcde-FGHIJ-12345-KLMNO-67890', 'ABCDEFGHIJ12345KLMNO6789'),
    ['1: /ABCDE-FGHIJ-12345-KLMNO-67890/', '2: CODE_FORM'],
    {},
    { format: 'code25', useWithin_hours: null },
  ],
  [
    'F019 a key that expires within the promised time',
    text('secret,expires_at', 'K1,2026-11-20 22:00', 'K2,2026-11-21 12:00', 'K3,2026-11-21 12:01'),
    ['2: EXPIRES_TOO_SOON', '3: EXPIRES_TOO_SOON', '4: /K3/'],
    {},
    { format: 'free', useWithin_hours: 24 },
  ],
  [
    'F019 less time to use it than the listing promises',
    text('secret,use_within', 'K1,12h', 'K2,1天', 'K3,soon'),
    ['2: USE_WITHIN_SHORT', '3: /K2/', '4: USE_WITHIN_FORM'],
    {},
    { format: 'free', useWithin_hours: 24 },
  ],
  [
    'dates that are none',
    text('secret,expires_at', 'K1,2027-02-31', 'K2,tomorrow'),
    ['2: DATE_FORM', '3: DATE_FORM'],
  ],
  [
    'a face value that is none',
    text('secret,面值', 'K1,100元', 'K2,many'),
    ['2: /K1/', '3: FACE_VALUE_FORM'],
  ],
];

for (const [name, upload, wanted, settings, rules] of layouts)
  test(`an upload is read: ${name}`, () => deepEqual(read(upload, settings, rules), wanted));

const chinese = '卡号,密码\n1001,龙腾𠮷\n1002,虎跃';
const encodings: [name: string, bytes: Uint8Array][] = [
  ['UTF-8', Buffer.from(chinese)],
  ['UTF-8 with its mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(chinese)])],
  ['UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(chinese, 'utf-16le')])],
  ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(chinese, 'utf-16be')])],
  ['GB18030', iconv.encode(chinese, 'gb18030')],
];
for (const [name, bytes] of encodings)
  test(`an upload is decoded: ${name}`, () => deepEqual(read(bytes), ['2: 1001/龙腾𠮷/', '3: 1002/虎跃/']));

const refused: [name: string, bytes: Uint8Array, wanted: string][] = [
  ['nothing', Buffer.alloc(0), 'IMPORT_EMPTY'],
  ['only spaces', text('  ', '\t'), 'IMPORT_EMPTY'],
  [
    'neither UTF-8 nor GB18030',
    Buffer.concat([Buffer.from('K1\nK2\nK'), Buffer.from([0xff, 0xff])]),
    'IMPORT_UNDECODABLE 3',
  ],
  [
    'a broken byte after a UTF-8 mark',
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('K1\n'), Buffer.from([0xc3, 0x28])]),
    'IMPORT_UNDECODABLE 2',
  ],
  [
    'half a UTF-16 character',
    Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode('K1\nK2', 'utf-16le'), Buffer.from([0x41])]),
    'IMPORT_UNDECODABLE 2',
  ],
  [
    'half a surrogate pair',
    Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode('K1\n', 'utf-16le'), Buffer.from([0x00, 0xd8])]),
    'IMPORT_UNDECODABLE 2',
  ],
  ['a NUL byte', text('K1', 'K\u00002'), 'IMPORT_NUL 2'],
  ['UTF-16 without its mark', iconv.encode('K1\nK2', 'utf-16le', { addBOM: false }), 'IMPORT_NUL 1'],
  ['a very long line', text('K1', 'x'.repeat(8_001)), 'IMPORT_LINE_TOO_LONG 2'],
  ['more than 32 MB', Buffer.alloc(32 * 1024 * 1024 + 1, 65), 'IMPORT_TOO_LARGE'],
];
for (const [name, bytes, wanted] of refused)
  test(`an upload is refused as a whole: ${name}`, () => deepEqual(read(bytes), [wanted]));

test('a quote that never closes is refused with its row', () => {
  const layout = planLayout('secret,note\nK1,a', auto, 'free');
  ok(layout.ok);
  const rows = (): unknown => [...rowsOf('secret,note\nK1,a\n"K2,b\nK3,c\n', layout.value)];
  let row = 0;
  try {
    rows();
  } catch (error) {
    ok(error instanceof UnreadableRow);
    row = error.row;
  }
  ok(row >= 3, `the quote of row 3 is named as row ${row}`);
});

test('quoted rows keep their line numbers over many blocks and line ends inside quotes', () => {
  const lines = Array.from({ length: 5_000 }, (_, i) => `"K${i}","two\nlines ${'x'.repeat(20)}"`);
  const layout = planLayout(
    lines.join('\n'),
    { ...auto, delimiter: 'comma', columns: ['secret', 'skip'] },
    'free',
  );
  ok(layout.ok);
  const rows = [...rowsOf(lines.join('\n'), layout.value)];
  equal(rows.length, 5_000);
  ok(rows.every((row, i) => row.row === i * 2 + 1 && row.cells[0] === `K${i}`));
});

const anyCell = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((cell) => cell.replace(/[\p{C}\p{Z}"\ufffd]/gu, '').trim())
  .filter((cell) => cell !== '');
test('what is written as quoted CSV is read as it was, whatever stands in the cells', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyCell, fc.stringMatching(/^[a-z",|\t]{1,20}$/)), { minLength: 1, maxLength: 40 }),
      (cells) => {
        const csv = cells
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\r\n');
        const decoded = decodeUpload(Buffer.from(csv));
        ok(decoded.ok);
        const layout = planLayout(
          decoded.value.text,
          { delimiter: 'comma', header: 'no', columns: ['card_no', 'secret'] },
          'free',
        );
        ok(layout.ok);
        deepEqual(
          [...rowsOf(decoded.value.text, layout.value)].map((row) => row.cells),
          cells.map((row) => row.map((cell) => cell.trim())),
        );
      },
    ),
  );
});

test('reading never breaks, whatever the bytes and the format', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom<KeyFormat>('free', 'digits16', 'code25', 'licence'),
      (bytes, format) => {
        try {
          read(bytes, {}, { format, useWithin_hours: 24 });
        } catch (error) {
          ok(error instanceof UnreadableRow);
        }
      },
    ),
  );
});

test('F101 one key has one spelling under which it is found again', () => {
  for (const same of ['abcd-1234', 'ABCD 1234', 'ＡＢＣＤ１２３４', 'Abcd–1234', ' ABCD1234 '])
    equal(normalise(same), 'ABCD1234');
  equal(normalise('ABCDO') === normalise('ABCD0'), false);
});

test('dates are Beijing dates, and a day means its end', () => {
  const wanted: [string, string | undefined][] = [
    ['2027-05-31', '2027-05-31T16:00:00.000Z'],
    ['2027/5/31', '2027-05-31T16:00:00.000Z'],
    ['2027年5月31日', '2027-05-31T16:00:00.000Z'],
    ['20270531', '2027-05-31T16:00:00.000Z'],
    ['2027-05-31 18:00', '2027-05-31T10:00:00.000Z'],
    ['2027-05-31T18:00:00Z', '2027-05-31T18:00:00.000Z'],
    ['2027-02-29', undefined],
    ['31.05.2027', undefined],
  ];
  for (const [given, at] of wanted) {
    const read = expiryOf(given);
    equal(read === undefined ? undefined : new Date(read).toISOString(), at, given);
  }
});

test('what is shown of a key never holds all of it', () => {
  equal(maskedNumber('6021884012347101'), '6021 8840 **** 7101');
  equal(maskedNumber('602188401234330'), '6021 8840 **** 330');
  equal(masked('Q7X2'), '****');
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      (secret) =>
        !masked(secret).includes(secret) || /^\*+$/.test(secret) || secret === '-' || secret === '—',
    ),
  );
});
