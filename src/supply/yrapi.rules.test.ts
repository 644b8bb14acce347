import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { Secret } from '../kit/secret.ts';
import { yrapiSupplier, type Post } from './yrapi.actions.ts';
import { carrierOf, fenOf, formOf, isSigned, signed, signedText, signOf, stateOf } from './yrapi.rules.ts';

type Vector = { form: Record<string, string>; text: string; key: string; sign: string };
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/yrapi.json', import.meta.url), 'utf8'),
) as Record<string, Vector>;
const key = new Secret('8f3a2b1c9d0e4f5a6b7c8d9e0f1a2b3c');

for (const [name, { form, text, key: secret, sign }] of Object.entries(vectors))
  test(`yrapi ${name} is signed as the published vector`, () => {
    assert.equal(signedText(form), text);
    assert.equal(signOf(form, new Secret(secret)), sign);
  });

test('a signature holds for its form only, in any order, in either case', () => {
  const word = fc.string({ minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.dictionary(
        word.filter((name) => name !== 'sign'),
        word,
        { minKeys: 1 },
      ),
      word,
      (form, other) => {
        const whole = signed(form, key);
        assert.ok(isSigned(Object.fromEntries(Object.entries(whole).toReversed()), key));
        assert.ok(isSigned({ ...whole, sign: (whole['sign'] ?? '').toLowerCase() }, key));
        const [name = ''] = Object.keys(form);
        assert.equal(isSigned({ ...whole, [name]: `${form[name]}${other}` }, key), false);
        assert.equal(isSigned(whole, new Secret(`${key.reveal()}x`)), false);
      },
    ),
  );
  assert.equal(isSigned({ a: '1' }, key), false);
});

test('amounts are yuan with two decimals and never a float', () => {
  assert.deepEqual(['100', '100.00', 99.5, '19.99', '0', '49.500'].map(fenOf), [
    10_000n,
    10_000n,
    9950n,
    1999n,
    0n,
    4950n,
  ]);
  assert.deepEqual(
    [null, '', '1.005', '-1', 'x', {}, 1e21].map(fenOf),
    Array.from({ length: 7 }, () => undefined),
  );
});

test('states and carriers are those of the protocol', () => {
  assert.deepEqual(['-1', 0, '1', 2, '3', 7].map(stateOf), [
    'cancelled',
    'charging',
    'success',
    'failed',
    'partial',
    undefined,
  ]);
  assert.deepEqual([1, '2', 3, 4, 9].map(carrierOf), ['mobile', 'telecom', 'unicom', 'virtual', 'other']);
});

const answering = (status: number, body: string) => {
  const asked: { path: string; form: Readonly<Record<string, string>> }[] = [];
  const post: Post = async (path, form) => {
    asked.push({ path, form });
    return { status, body };
  };
  return { asked, supplier: yrapiSupplier({ userNo: '10', key, post }) };
};
const wish = {
  number: 'N1',
  productNo: '3',
  target: '13800138000',
  face: 5000n as never,
  maxCost: 4980n as never,
  noticeUrl: 'https://shop.example/n',
};

test('a submission says what must arrive, what it may cost at most, and is signed', async () => {
  const { asked, supplier } = answering(
    200,
    '{"errno":0,"errmsg":"ok","data":{"order_number":"S1","mobile":"13800138000","product_id":3,"total_price":"49.50","out_trade_num":"N1","title":"50"}}',
  );
  assert.deepEqual(await supplier.submit(wish), { kind: 'ok', supplierNo: 'S1', cost: 4950n });
  const [sent] = asked;
  assert.equal(sent?.path, '/yrapi.php/index/recharge');
  assert.ok(isSigned(sent.form, key));
  assert.deepEqual(
    [sent.form['amount'], sent.form['price'], sent.form['userid'], sent.form['out_trade_num']],
    ['50.00', '49.80', '10', 'N1'],
  );
});

for (const [says, status, body] of [
  ['another status than 200', 500, '{"errno":0}'],
  ['a page for people', 200, '<html>busy</html>'],
  ['an empty body', 200, '  '],
  ['a redirect', 302, ''],
  ['an answer without errno', 200, '{"data":{}}'],
  ['a yes without an order', 200, '{"errno":0,"errmsg":"ok"}'],
  [
    'a yes to another number',
    200,
    '{"errno":0,"data":{"order_number":"S","total_price":"1","out_trade_num":"N2"}}',
  ],
] as const)
  test(`unknown is not a failure: ${says}`, async () => {
    assert.equal((await answering(status, body).supplier.submit(wish)).kind, 'unknown');
  });

test('no connection is unknown, and errno is a refusal with its words', async () => {
  const broken = yrapiSupplier({ userNo: '10', key, post: () => Promise.reject(new Error('cut off')) });
  assert.deepEqual(await broken.query('N1'), { kind: 'unknown', why: 'cut off' });
  assert.deepEqual(await answering(200, '{"errno":101,"errmsg":"余额不足"}').supplier.submit(wish), {
    kind: 'refused',
    code: '101',
    message: '余额不足',
  });
});

test('a query finds its own number, and a part without an amount is not readable', async () => {
  const of = (data: string) => answering(200, `{"errno":0,"errmsg":"","data":${data}}`).supplier.query('N1');
  assert.equal((await of('[]')).kind, 'ok');
  assert.deepEqual(await of('[{"out_trade_num":"N2","state":1}]'), {
    kind: 'ok',
    state: 'absent',
    supplierNo: null,
    charged: null,
    voucher: null,
    said: '',
  });
  const part = await of('[{"out_trade_num":"N1","order_number":"S1","state":3,"charge_amount":"30.00"}]');
  assert.ok(part.kind === 'ok' && part.state === 'partial' && part.charged === 3000n);
  assert.equal((await of('[{"out_trade_num":"N1","state":3}]')).kind, 'unknown');
  assert.equal((await of('[{"out_trade_num":"N1","state":8}]')).kind, 'unknown');
});

test('a call is believed to be one when it is signed, and for us', () => {
  const { supplier } = answering(200, '');
  const body = (form: Record<string, string>) => Buffer.from(new URLSearchParams(form).toString());
  const form = { userid: '10', order_number: 'S1', out_trade_num: 'N1', state: '1', remark: '' };
  assert.equal(supplier.parseCall(body(signed(form, key) as Record<string, string>)).genuine, true);
  assert.deepEqual(supplier.parseCall(body({ ...form, sign: 'A'.repeat(32) })), {
    genuine: false,
    why: 'forged',
  });
  assert.deepEqual(supplier.parseCall(body(form)), { genuine: false, why: 'unsigned' });
  const theirs = signed({ ...form, userid: '11' }, key) as Record<string, string>;
  assert.deepEqual(supplier.parseCall(body(theirs)), { genuine: false, why: 'not for us' });
  assert.equal(formOf('a=1&a=2')['a'], '2');
});
