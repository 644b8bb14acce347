import {
  data,
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { callTopicWords } from '../../src/community/callbacks.contract.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { clock, fullDay } from '../text/format.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input } from '../ui/Field.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const { api, language } = page(context);
  return { ...(await found(api.community.callQueue({}))), title: textIn(community, language)('o_calls') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const api = keyed(context, form);
  const [callbackId, intent] = [text(form, 'call'), text(form, 'intent')];
  if (intent === 'open') {
    const opened = await tried(api.community.openNumber({ callbackId }));
    if (!opened.ok) return again(opened.refusal, form);
    return data({ refusal: undefined, callbackId, phone: opened.value.phone });
  }
  const outcome = intent === 'missed' ? ('missed' as const) : ('reached' as const);
  const ended = await tried(api.community.endCall({ callbackId, outcome, note: text(form, 'note') }));
  if (!ended.ok) return again(ended.refusal, form);
  throw redirect(paths.operatorCalls(), 303);
}

export default function Calls() {
  const { calls, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(community);
  const language = useLanguage();
  const opened = answer && 'phone' in answer ? answer : undefined;
  return (
    <>
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{t('o_callsLead')}</p>
      </header>
      <Answer refused={answer?.refusal?.message} />
      {calls.length === 0 && (
        <section className="card">
          <Empty title={t('o_callsNone')} />
        </section>
      )}
      {calls.map((call) => (
        <section className="card stack mb-4" key={call.callbackId}>
          <h2>
            {fullDay(call.slotAt, language)} {clock(call.slotAt)}–{clock(call.slotEnd)} · {call.name}
          </h2>
          <p>
            {callTopicWords[call.topic][language]}
            {call.note && ` · ${call.note}`}
          </p>
          {call.orderId && (
            <p>
              <a className="mono" href={paths.operatorConversation(call.orderId)}>
                {call.orderId}
              </a>
            </p>
          )}
          <p>
            <b>
              {t('o_number', {
                phone: opened?.callbackId === call.callbackId ? opened.phone : call.phone,
              })}
            </b>{' '}
            {call.openedBy && <span className="mute">{t('o_openedBy', { name: call.openedBy })}</span>}
          </p>
          <Form method="post" className="stack">
            <input type="hidden" name="call" value={call.callbackId} />
            <Act consequence={t('o_openAfter')}>
              <Submit intent="open" kind="line" small>
                {t('o_open')}
              </Submit>
            </Act>
            <Input label={t('callNote')} name="note" maxLength={300} />
            <Act consequence={t('o_endAfter')}>
              <Submit intent="reached" small>
                {t('o_reached')}
              </Submit>{' '}
              <Submit intent="missed" kind="line" small>
                {t('o_missed')}
              </Submit>
            </Act>
          </Form>
        </section>
      ))}
    </>
  );
}
