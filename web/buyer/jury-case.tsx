import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { remedyWords } from '../../src/aftersales/words.contract.ts';
import type { Answers } from '../api.ts';
import { again, found, page, signedIn, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { court as words } from '../text/court.ts';
import { deadline, money } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { cookieFor, cookieIn, newNonce, sealOf } from './ballot.server.ts';

export const handle: PageHandle = { dock: () => null };
type Sheet = Answers['jury']['sheet'];
const choices = ['buyer', 'merchant'] as const;

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { api, language } = page(context);
  const sheet = await found(api.jury.sheet({ caseId: params['caseId'] ?? '' }));
  const code = cookieIn(request, sheet.caseId);
  const did = new URL(request.url).searchParams.get('did');
  return { sheet, code, did, title: textIn(words, language)('sheet') };
}

/** Sealing: the nonce is made here, its hash is handed in, and the code goes to the juror alone. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const caseId = params['caseId'] ?? '';
  const { api } = page(context);
  const back = (did: string, headers: HeadersInit = {}) =>
    redirect(withQuery(paths.juryCase(caseId), { did }), { status: 303, headers });
  const choice = choices.find((one) => one === text(form, 'choice')) ?? 'buyer';
  if (text(form, 'intent') === 'seal') {
    const { subject, seat } = await found(api.jury.sheet({ caseId }));
    const nonce = newNonce();
    const outcome = await tried(
      api.jury.seal({ caseId, commitment: sealOf({ subject, seat, choice, nonce }) }),
    );
    if (!outcome.ok) return again(outcome.refusal, form);
    throw back('seal', { 'Set-Cookie': cookieFor(caseId, `${choice}.${nonce}`) });
  }
  const [kept = '', nonce = ''] = text(form, 'code').split('.');
  const side = choices.find((one) => one === kept) ?? choice;
  const outcome = await tried(api.jury.open({ caseId, choice: side, nonce, reasons: text(form, 'reasons') }));
  if (!outcome.ok) return again(outcome.refusal, form);
  throw back('open', { 'Set-Cookie': `${cookieFor(caseId, '')}; Max-Age=0` });
}

/** The case without names, and the vote: sealed first, opened when all are. */
export default function JuryCase() {
  const { sheet, code, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.jury(), label: t('seats') }]} here={t('sheet')} />
      <header className="oh">
        <div>
          <h1>
            {t('sheetHead', {
              reason: reasons[sheet.reason].words[language],
              remedy: remedyWords[sheet.remedy as keyof typeof remedyWords][language],
              amount: money(sheet.asked),
            })}
          </h1>
        </div>
      </header>
      <Answer refused={answer?.refusal?.message} did={did === 'open' && !answer && t('thanks')} />
      <div className="two">
        <div className="stack">
          {sheet.said.map((one, n) => (
            <section className="card judgment" key={n}>
              <h3>{t(`side_${one.by === 'buyer' || one.by === 'merchant' ? one.by : 'operator'}`)}</h3>
              <p>{one.text}</p>
            </section>
          ))}
          {sheet.shown.map((one, n) => (
            <section className="card judgment" key={n}>
              <h3>
                {t('shownBy')} · {exhibitWords[one.kind][language]}
              </h3>
              <p>{one.text}</p>
              <p className="mono hash mute">{one.sha256}</p>
            </section>
          ))}
        </div>
        <aside className="stack">
          <Ballot sheet={sheet} code={code} />
        </aside>
      </div>
    </>
  );
}

function Ballot({ sheet, code }: { sheet: Sheet; code: string | null }) {
  const t = useText(words);
  const { now, language } = useFrame();
  const time = sheet.opensAt ? deadline(sheet.opensAt, now, language) : '';
  if (sheet.opened || !sheet.live)
    return <section className="card">{t(sheet.opened ? 'thanks' : 'over')}</section>;
  if (sheet.state === 'sealing' && !sheet.sealed) return <Seal sheet={sheet} />;
  if (!sheet.sealed) return <section className="card sub">{t('notSealed')}</section>;
  return (
    <section className="card">
      {code && (
        <>
          <p>{t('codeKept')}</p>
          <p className="mono hash">{code}</p>
          <p className="mute">{t('codeHere')}</p>
        </>
      )}
      {sheet.state !== 'opening' ? (
        <p className="sub mt-3">{t('waitOpen', { time })}</p>
      ) : (
        <Form method="post" className="stack mt-3">
          <Input label={t('code')} hint={t('codeHint')} name="code" required defaultValue={code ?? ''} />
          <Textarea label={t('openReasons')} name="reasons" required minLength={10} maxLength={1000} />
          <Act consequence={t('openAfter')}>
            <Submit intent="open">{t('open')}</Submit>
          </Act>
        </Form>
      )}
    </section>
  );
}

function Seal({ sheet }: { sheet: Sheet }) {
  const t = useText(words);
  return (
    <section className="card">
      <Form method="post" className="stack">
        <Select
          label={t('choose')}
          name="choice"
          options={choices.map((choice) => ({ value: choice, label: t(`for_${choice}`) }))}
        />
        <label className="tick">
          <input type="checkbox" name="promise" required />
          <span>{t('promise')}</span>
        </label>
        <Act consequence={<Rich text={t('sealAfter')} version={sheet.rulebook} />}>
          <Submit intent="seal">{t('seal')}</Submit>
        </Act>
      </Form>
    </section>
  );
}
