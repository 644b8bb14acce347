import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { keyed, page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { order as words } from '../text/order.ts';
import { textIn } from '../text/use.ts';
import { keyFile } from './order.view.ts';

/** A GET never shows a key. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.order(params['orderId'] ?? ''));

/** One key as a text file, for browsers without JavaScript. A look like any other, and recorded like one. */
export async function action({ context, request, params }: ActionFunctionArgs): Promise<Response> {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const unit = text(form, 'unit');
  const t = textIn(words, page(context).language);
  const api = keyed(context, form);
  const password = form.get('password');
  const outcome = await tried(
    (async () => {
      if (typeof password === 'string' && password !== '') await api.identity.confirm({ password });
      return api.delivery.reveal({ orderId, unit });
    })(),
  );
  if (!outcome.ok) return redirect(withQuery(paths.order(orderId), { refused: outcome.refusal.code }), 303);
  const { number, secret, extra } = outcome.value;
  const parts = [
    { label: t('number'), value: number },
    { label: t('secret'), value: secret },
    { label: t('extra'), value: extra },
  ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
  const file = keyFile({
    head: t('fileHead', { order: orderId }),
    keys: [{ title: t('fileKey', { number: unit }), parts }],
  });
  return new Response(file, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="${orderId.replace(/[^\w]/g, '')}-${unit.replace(/[^\d-]/g, '')}.txt"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
