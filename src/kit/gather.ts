/**
 * Answers many callers with one query: whoever asks while `inFlightMax` queries are under way shares the next one. No timer, and nothing is
 * remembered: every answer was read after its question was asked. A single caller costs what the plain query costs.
 */
export function gather<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  inFlightMax = 2,
): (question: Q) => Promise<A> {
  type Waiting = {
    readonly question: Q;
    readonly answer: (answer: A) => void;
    readonly fail: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let inFlight = 0;

  async function drain(): Promise<void> {
    inFlight++;
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
    inFlight--;
  }

  return (question) =>
    new Promise((answer, fail) => {
      waiting.push({ question, answer, fail });
      if (inFlight < inFlightMax) void drain();
    });
}
