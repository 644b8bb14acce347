import { data, Form, useActionData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { again, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { count, exact } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'vw' };

export const loader = ({ context }: LoaderFunctionArgs) => ({
  title: textIn(words, page(context).language)('authorityTitle'),
});

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const code = text(form, 'code');
  const outcome = await tried(page(context).api.outside.look({ code }));
  return outcome.ok
    ? data({ refusal: undefined, seen: outcome.value, code })
    : again(outcome.refusal, form, ['code']);
}

type Part = {
  shops: unknown[];
  orders: { orderId: string; state: string }[];
  cases: { caseId: string; state: string; reason: string }[];
};

/** What an authority sees with its code. The code travels in forms only, never in an address. */
export default function Authority() {
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  const seen = answer && 'seen' in answer ? answer.seen : undefined;
  const part = seen?.export as Part | undefined;
  return (
    <>
      <h1>{t('authorityTitle')}</h1>
      <p className="sub mb-4">{t('authorityLead')}</p>
      <Answer refused={answer?.refusal?.message} />
      {!seen && (
        <Form method="post" className="stack">
          <Input label={t('code')} name="code" required autoComplete="off" maxLength={100} />
          <Submit>{t('look')}</Submit>
        </Form>
      )}
      {seen && part && (
        <section className="card stack">
          <p>
            {t('granted', {
              authority: seen.authority,
              number: seen.number,
              until: exact(seen.openUntil, language),
            })}
          </p>
          <p>
            {t('shopsCount', {
              shops: count(part.shops.length),
              orders: count(part.orders.length),
              cases: count(part.cases.length),
            })}
          </p>
          <ul className="lines">
            {part.orders.slice(0, 50).map((order) => (
              <li key={order.orderId}>
                <span className="mono">{order.orderId}</span> {order.state}
              </li>
            ))}
            {part.cases.slice(0, 50).map((one) => (
              <li key={one.caseId}>
                <span className="mono">{one.caseId}</span> {one.reason} · {one.state}
              </li>
            ))}
          </ul>
          <form method="post" action={paths.authorityFile()} className="row">
            <input type="hidden" name="code" value={answer && 'code' in answer ? answer.code : ''} />
            <button className="btn" type="submit" name="format" value="json">
              {t('exportGet')}
            </button>
            {seen.scope === 'order' && (
              <button className="btn line" type="submit" name="format" value="bundle">
                {t('bundleGet')}
              </button>
            )}
          </form>
          <p className="mute">
            <a href="/schemas/regulator-export-1.json">{t('schema')}</a>
          </p>
        </section>
      )}
    </>
  );
}
