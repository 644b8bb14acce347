import { redirect } from 'react-router';
import { again, text, tried } from '../page.server.ts';

/** The fields of an answer, from the form of a complaint. */
export const answerIn = (form: FormData) => ({
  channel: text(form, 'channel'),
  number: text(form, 'number'),
  kind: text(form, 'intent') === 'complete' ? ('complete' as const) : ('reply' as const),
  text: text(form, 'text'),
});

/** Answers, and shows the page again; or says why not. */
export async function answered(done: Promise<unknown>, back: string, form: FormData) {
  const outcome = await tried(done);
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(`${back}?did=1`, 303);
}
