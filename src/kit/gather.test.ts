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

test('whoever asks while two queries are under way shares the next one, and each gets its own answer', async () => {
  const { ask, asked, settle } = held();
  const answers = Promise.all([1, 2, 3, 4, 5].map(ask));
  assert.deepEqual(
    asked.map((one) => one.questions),
    [[1], [2]],
  );
  asked[1]?.answer();
  await settle();
  assert.deepEqual(asked[2]?.questions, [3, 4, 5]);
  asked[0]?.answer();
  asked[2]?.answer();
  assert.deepEqual(await answers, ['answer 1', 'answer 2', 'answer 3', 'answer 4', 'answer 5']);
});

test('nothing is remembered: the same question later is asked again', async () => {
  const { ask, asked } = held();
  for (let i = 0; i < 2; i++) {
    const answer = ask(7);
    asked[i]?.answer();
    assert.equal(await answer, 'answer 7');
  }
  assert.equal(asked.length, 2);
});

test('a query that fails fails those who shared it, and the next one runs', async () => {
  const { ask, asked, settle } = held();
  const [first, second, third] = [ask(1), ask(2), ask(3)];
  asked[0]?.fail(new Error('lost'));
  await assert.rejects(first, /lost/);
  await settle();
  assert.deepEqual(asked[2]?.questions, [3]);
  asked[1]?.answer();
  asked[2]?.answer();
  assert.deepEqual(await Promise.all([second, third]), ['answer 2', 'answer 3']);
});
