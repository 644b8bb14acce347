import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { reasonCodes } from '../../src/aftersales/contract.ts';
import { remedies } from '../../src/aftersales/reasons.data.ts';
import { again, formKey, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { actTalk, loadTalk } from '../talk/talk.server.ts';
import { Talk } from '../talk/Talk.tsx';
import { chat } from '../text/chat.ts';
import { textIn, useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { asStaff } from './staff.server.ts';
import { TicketPart } from './TicketPart.tsx';

export async function loader(p: LoaderFunctionArgs) {
  const { support } = asStaff(p);
  const { api, language } = page(p.context);
  const orderId = p.params['orderId'] ?? '';
  const [talk, form, ticket] = await Promise.all([
    loadTalk(p),
    support ? found(api.cases.form({ orderId })) : null,
    support ? found(api.desk.ticket({ orderId })) : null,
  ]);
  return {
    talk,
    form,
    ticket,
    ticketKey: formKey(p.context),
    title: textIn(chat, language)('titleSupport'),
  };
}

export async function action(p: ActionFunctionArgs) {
  const kind = p.request.headers.get('content-type') ?? '';
  // Words and files come in parts; what turns a call into a case is a plain form.
  if (!kind.startsWith('application/x-www-form-urlencoded')) return talked(p);
  const form = await p.request.clone().formData();
  return text(form, 'intent') === 'convert' ? convert(p, form) : talked(p);
}

const talked = (p: ActionFunctionArgs) => actTalk(p, paths.operatorConversation(p.params['orderId'] ?? ''));

async function convert(p: ActionFunctionArgs, form: FormData) {
  const [line, place] = text(form, 'unit').split('.').map(Number);
  const outcome = await tried(
    keyed(p.context, form).desk.convert({
      orderId: p.params['orderId'] ?? '',
      line: line || 1,
      places: [place || 1],
      reason: reasonCodes.find((one) => one === text(form, 'reason')) ?? 'OTHER',
      remedy: remedies.find((one) => one === text(form, 'remedy')) ?? 'refund',
      symptom: text(form, 'symptom'),
      triedSteps: text(form, 'triedSteps'),
      errorCode: text(form, 'errorCode'),
    }),
  );
  if (!outcome.ok) return again(outcome.refusal, form);
  throw redirect(paths.operatorCase(outcome.value.caseId), 303);
}

export default function SupportConversation() {
  const { talk, form, ticket, ticketKey, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(chat);
  const { shop, title: goods, orderId, messages } = talk.thread;
  const typed = answer?.typed && 'symptom' in answer.typed ? answer.typed : {};
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.operatorMessages(), label: t('supportTitle') }]} here={goods} />
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">
          {shop.name} · {goods}
        </p>
      </header>
      {form && ticket && (
        <div className="mb-4">
          <TicketPart
            form={form}
            ticket={ticket}
            formKey={ticketKey}
            typed={typed}
            words={messages.findLast((each) => each.side === 'buyer' && each.text)?.text ?? ''}
          />
        </div>
      )}
      <Talk talk={talk} answer={answer ?? undefined} order={paths.order(orderId)} />
    </>
  );
}
