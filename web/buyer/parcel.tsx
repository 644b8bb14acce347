import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { signoffPoints } from '../../src/delivery/parcel/contract.ts';
import type { Api } from '../api.ts';
import { keyed, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';

const back = (orderId: string, query: Readonly<Record<string, string>>): string =>
  `${withQuery(paths.order(orderId), query)}#parcel`;

/** Only forms come here; whoever opens the address sees the order. */
export const loader = ({ params }: LoaderFunctionArgs) => redirect(paths.order(params['orderId'] ?? ''));

/** What the buyer did with a parcel: photos are kept first, then what they belong to. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const orderId = params['orderId'] ?? '';
  const intent = text(form, 'intent');
  const outcome = await tried(done(keyed(context, form), form, orderId, intent));
  const did = intent === 'signoff' || intent === 'unboxing' ? 'check' : intent;
  return redirect(back(orderId, outcome.ok ? { parcel: did } : { parcelRefused: outcome.refusal.code }), 303);
}

async function done({ parcels }: Api, form: FormData, orderId: string, intent: string): Promise<unknown> {
  const at = { orderId, line: Number(text(form, 'line')) };
  if (intent === 'sign') return parcels.sign(at);
  if (intent === 'give') return parcels.giveUp(at);
  const photos: string[] = [];
  for (const file of form.getAll('photos'))
    // A field of files that nobody filled in comes as one empty file.
    if (file instanceof File && file.size > 0)
      photos.push((await parcels.photo({ ...at, kind: 'package_photo', file })).sha256);
  if (intent === 'refuse') return parcels.refuseParcel({ ...at, why: text(form, 'why'), photos });
  const answers: Record<string, boolean | number> =
    intent === 'signoff'
      ? Object.fromEntries(signoffPoints.map((point) => [point, form.has(`ok.${point}`)]))
      : unpacked(form);
  return parcels.check({ ...at, stage: intent === 'signoff' ? 'signoff' : 'unboxing', answers, photos });
}

function unpacked(form: FormData): Record<string, boolean | number> {
  const answers: Record<string, boolean | number> = { model: form.has('model') };
  for (const [name, value] of form)
    if ((name === 'quantity' || /^part\.\d+$/.test(name)) && typeof value === 'string' && /^\d+$/.test(value))
      answers[name] = Number(value);
  return answers;
}
