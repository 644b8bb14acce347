import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { keyed, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';

const back = (orderId: string, query: Readonly<Record<string, string>>): string =>
  `${withQuery(paths.order(orderId), query)}#topup`;

/** Only forms come here; whoever opens the address sees the order. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.order(params['orderId'] ?? ''));

/** What the buyer chose in the panel of a top-up; the order's page shows what came of it. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const intent = text(form, 'intent');
  const api = keyed(context, form).topups;
  const outcome = await tried<unknown>(
    intent === 'wrong'
      ? api.wrongTarget({ orderId })
      : intent === 'change'
        ? api.changeTarget({ orderId, target: text(form, 'target'), again: text(form, 'again') })
        : api.chooseTopup({ orderId, choice: intent as 'wait' | 'again' | 'refund' }),
  );
  return redirect(
    back(orderId, outcome.ok ? { topup: intent } : { topupRefused: outcome.refusal.code }),
    303,
  );
}
