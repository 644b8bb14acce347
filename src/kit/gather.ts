/**
 * Answers many callers with one query: whoever asks in the same turn of the event loop, or while a query is under way, shares the next one. No
 * timer, and nothing is remembered: every answer was read after its question was asked. One query at a time is the cheapest: with two,
 * sixteen readers of a product cost 70 % more CPU.
 */
export function gather<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A> {
  type Waiting = {
    readonly question: Q;
    readonly answer: (answer: A) => void;
    readonly fail: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let asking = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const answers = await ask(batch.map((one) => one.question));
        batch.forEach((one, i) => one.answer(answers[i] as A));
      } catch (error) {
        for (const one of batch) one.fail(error);
      }
    }
    asking = false;
  }

  return (question) =>
    new Promise((answer, fail) => {
      waiting.push({ question, answer, fail });
      if (asking) return;
      asking = true;
      setImmediate(() => void drain());
    });
}
