import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { chatLimits, fileLimits, messagingRefusals } from '../../src/messaging/contract.ts';
import type { Api } from '../api.ts';
import { again, formKey, found, keyed, page, text, tried, type PageRefusal } from '../page.server.ts';
import { beijingInstant, draftFrom, type TemplateField } from './talk.view.ts';

/** So many of the newest words stand in the page of something else; the earlier ones are a link away. */
const shownBeside = 20;

/** Everything the page of a conversation shows, or, inside the page of a case, the newest of it (`of` names the order). The api says on which side one is. */
export async function loadTalk({ context, request, params }: LoaderFunctionArgs, of?: string) {
  const { api, language } = page(context);
  const orderId = of ?? params['orderId'] ?? '';
  const query = new URL(request.url).searchParams;
  const before = Number(query.get('before'));
  const [thread, { citations }] = await Promise.all([
    found(
      api.messaging.thread({
        orderId,
        ...(of ? { limit: shownBeside } : {}),
        ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
      }),
    ),
    found(api.messaging.articles({ orderId })),
  ]);
  const replies =
    thread.me === 'merchant'
      ? (await found(api.messaging.quickReplies({ shopId: thread.shop.shopId }))).replies
      : [];
  const quick = replies[Number(query.get('quick') ?? Number.NaN)] ?? '';
  const draft = draftFrom({
    me: thread.me,
    key: query.get('template') ?? '',
    order: orderId,
    goods: thread.title,
    filled: (field: TemplateField) => (query.get(field) ?? '').trim().slice(0, 300),
    language,
  });
  return {
    thread,
    citations,
    replies,
    draft: draft || quick,
    formKey: formKey(context),
    isEarlier: before > 0,
  };
}
export type TalkData = Awaited<ReturnType<typeof loadTalk>>;

const bodyMax_bytes = chatLimits.attachments * fileLimits.max_bytes + 1024 * 1024;

/** What a conversation's page does: say, take back, note that it was seen. Goes back to the page at its newest words. */
export async function actTalk({ context, request, params }: ActionFunctionArgs, at: string) {
  // A form without a length is none of ours; one that is too long is not read.
  if (isTooLong(request)) return refusedAsTooLarge(context);
  return actOnTalk({ context, form: await request.formData(), orderId: params['orderId'] ?? '' }, at);
}

export const isTooLong = (request: Request): boolean =>
  Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY) > bodyMax_bytes;
export const refusedAsTooLarge = (context: ActionFunctionArgs['context']) =>
  data({ refusal: tooLarge(context), typed: {} as Record<string, string> }, { status: 413 });

/** What the forms of a conversation are named by, wherever it stands. */
export const talkIntents: readonly string[] = ['say', 'read', 'hide', 'call'];

type Said = { context: ActionFunctionArgs['context']; form: FormData; orderId: string };
/** The same for a page in which the conversation is a part, and whose form was read already. */
export async function actOnTalk({ context, form, orderId }: Said, at: string) {
  const outcome = await tried(done(keyed(context, form), form, orderId));
  if (!outcome.ok) return again(outcome.refusal, form);
  // A page that is looked at notes this beside whatever else is going on.
  if (form.get('quiet') !== null) return null;
  return redirect(`${at}#end`, 303);
}

function tooLarge(context: ActionFunctionArgs['context']): PageRefusal {
  const refusal = messagingRefusals.FILE_TOO_LARGE;
  const message = refusal[page(context).language];
  return { code: 'FILE_TOO_LARGE', status: refusal.status, message, fields: {}, detail: {} };
}

async function done(api: Api, form: FormData, orderId: string): Promise<unknown> {
  const intent = text(form, 'intent');
  if (intent === 'read') return api.messaging.read({ orderId, upTo: Number(text(form, 'upTo')) });
  if (intent === 'hide') return api.messaging.hide({ orderId, seq: Number(text(form, 'seq')) });
  if (intent === 'call') return api.messaging.say({ orderId, text: '', as: 'call' });
  const files = form.getAll('file').filter((one): one is File => one instanceof File && one.size > 0);
  const attachments: string[] = [];
  for (const file of files.slice(0, chatLimits.attachments))
    attachments.push((await api.messaging.attach({ orderId, file })).id);
  const as = text(form, 'as');
  const until = beijingInstant(text(form, 'until'));
  return api.messaging.say({
    orderId,
    text: String(form.get('text') ?? ''),
    as: as === 'demand' || as === 'promise' ? as : 'text',
    ...(as === 'demand' ? { hours: Number(text(form, 'hours')) } : {}),
    ...(as === 'promise' && until ? { until } : {}),
    cite: form.getAll('cite').map(String).slice(0, chatLimits.citations),
    attachments,
  });
}
