import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather } from './gather.ts';

/** A query that is answered when the test says so. */
function held() {
  const asked: { questions: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const ask = gather<number, string>(
    (questions) =>
      new Promise((done, failed) => {
        asked.push({ questions, answer: () => done(questions.map((one) => `answer ${one}`)), fail: failed });
      }),
  );
  const settle = () => new Promise((done) => setImmediate(done));
  return { ask, asked, settle };
}

test('whoever asks in one turn shares a query, whoever asks meanwhile the next one, and each gets its own answer', async () => {
  const { ask, asked, settle } = held();
  const first = Promise.all([1, 2].map(ask));
  await settle();
  const second = Promise.all([3, 4, 5].map(ask));
  await settle();
  assert.deepEqual(
    asked.map((one) => one.questions),
    [[1, 2]],
  );
  asked[0]?.answer();
  assert.deepEqual(await first, ['answer 1', 'answer 2']);
  await settle();
  assert.deepEqual(asked[1]?.questions, [3, 4, 5]);
  asked[1]?.answer();
  assert.deepEqual(await second, ['answer 3', 'answer 4', 'answer 5']);
});

test('nothing is remembered: the same question later is asked again', async () => {
  const { ask, asked, settle } = held();
  for (let i = 0; i < 2; i++) {
    const answer = ask(7);
    await settle();
    asked[i]?.answer();
    assert.equal(await answer, 'answer 7');
    await settle();
  }
  assert.equal(asked.length, 2);
});

test('a query that fails fails those who shared it, and the next one runs', async () => {
  const { ask, asked, settle } = held();
  const first = Promise.allSettled([ask(1), ask(2)]);
  await settle();
  const second = ask(3);
  asked[0]?.fail(new Error('lost'));
  assert.deepEqual(
    (await first).map((one) => one.status),
    ['rejected', 'rejected'],
  );
  await settle();
  assert.deepEqual(asked[1]?.questions, [3]);
  asked[1]?.answer();
  assert.equal(await second, 'answer 3');
});
