import { redirect, type ActionFunctionArgs } from 'react-router';
import { page, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { asFile } from './file.server.ts';

/** The 12315 pack as a download. What was typed is in the file and nowhere else. */
export async function action({ context, request, params }: ActionFunctionArgs): Promise<Response> {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const outcome = await tried(
    page(context).api.outside.pack({
      orderId,
      name: text(form, 'name'),
      phone: text(form, 'phone'),
      address: text(form, 'address'),
      request: text(form, 'request'),
      facts: text(form, 'facts'),
      format: text(form, 'format') === 'json' ? 'json' : 'pdf',
    }),
  );
  return outcome.ok
    ? asFile(outcome.value)
    : redirect(withQuery(paths.outside(orderId), { refused: outcome.refusal.code }), 303);
}
