import { data, Form, useActionData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { encodeId } from '../../src/kit/public-id.ts';
import { again, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { count, exact, money } from '../text/format.ts';
import { recordOf } from '../text/records.ts';
import { verification as words } from '../text/verification.ts';
import { textIn, useLanguage, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Submit } from '../ui/Button.tsx';
import { FileInput, Input, Textarea } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Seam } from '../ui/Seam.tsx';
import type { PageHandle } from './frame.tsx';
import { receiptOf, saidOf, type Checked, type Said } from './receipt.view.ts';

export const handle: PageHandle = { static: true, main: 'vw' };

export const loader = ({ context }: LoaderFunctionArgs) => ({
  title: textIn(words, page(context).language)('titleLong'),
});

const most_bytes = 300_000;

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const file = form.get('file');
  const given =
    file instanceof File && file.size > 0 && file.size < most_bytes
      ? await file.text()
      : text(form, 'receipt');
  if (given === '') return data({ refusal: undefined, isEmpty: true as const }, { status: 422 });
  const receipt = receiptOf(given, text(form, 'leaf'));
  const outcome = await tried(page(context).api.evidence.checkReceipt(receipt));
  if (!outcome.ok) return again(outcome.refusal, form, ['receipt', 'leaf']);
  const said = receipt.content && saidOf(receipt.content.payload);
  return data({ refusal: undefined, checked: outcome.value, said });
}

export default function Verify() {
  const answer = useActionData<typeof action>();
  const t = useText(words);
  if (answer && 'checked' in answer) return <Outcome checked={answer.checked} said={answer.said} />;
  return (
    <>
      <p className="mute">{t('noLogin')}</p>
      <h1>{t('head')}</h1>
      <p className="sub mb-4">{t('lead')}</p>
      <Answer refused={answer && (answer.refusal?.message ?? t('empty'))} />
      <Ask />
      <div className="card mt-4">
        <Yourself />
      </div>
    </>
  );
}

function Ask() {
  const t = useText(words);
  return (
    <Form method="post" encType="multipart/form-data" className="card stack">
      <FileInput
        label={t('file')}
        hint={t('fileHint')}
        name="file"
        accept=".json,.tlog-proof,.txt,text/plain,application/json"
      />
      <Textarea label={t('pasted')} name="receipt" rows={6} maxLength={most_bytes} spellCheck={false} />
      <Input label={t('leaf')} hint={t('leafHint')} name="leaf" maxLength={4000} autoComplete="off" />
      <Act consequence={t('checkAfter')}>
        <Submit busyText={t('checking')}>{t('check')}</Submit>
      </Act>
    </Form>
  );
}

/** The verdict first, then what the receipt says, each step, and what it does not prove. A failure is 朱 and names the step. */
function Outcome({ checked, said }: { checked: Checked; said: Said | undefined }) {
  const t = useText(words);
  const language = useLanguage();
  const failed = checked.checks.find((check) => check.state === 'bad');
  const index = count(checked.index ?? 0, language);
  const lead = failed
    ? t(`bad_${failed.name}`)
    : checked.at === null
      ? t('goodLeadOnly', { index })
      : t('goodLead', { time: exact(checked.at, language), index });
  return (
    <>
      <section className={failed ? 'res no' : 'res'} role={failed ? 'alert' : 'status'}>
        <span className="st">
          <Icon name={failed ? 'cross' : 'check'} size={40} />
        </span>
        <div>
          <h1>{t(failed ? 'badHead' : 'goodHead')}</h1>
          <p>{lead}</p>
        </div>
      </section>
      <div className="paper">
        <Seam />
        <Written said={said} />
        <Steps checked={checked} />
        <section className="sec2 yn">
          <div>
            <h3>{t('proves')}</h3>
            <p>{t(failed ? 'provesNone' : 'provesText')}</p>
          </div>
          <div>
            <h3>{t('notProves')}</h3>
            <p>{t('notProvesText')}</p>
          </div>
        </section>
        <section className="sec2">
          <Yourself checked={checked} />
        </section>
      </div>
      <p className="row mt-4">
        <a className="btn line" href={paths.verify()}>
          {t('another')}
        </a>
      </p>
      <p className="mute mt-4">{t('note')}</p>
    </>
  );
}

function Written({ said }: { said: Said | undefined }) {
  const t = useText(words);
  const language = useLanguage();
  return (
    <section className="sec2">
      <h2>{t('written')}</h2>
      {said === undefined ? (
        <p className="sub">{t('writtenNone')}</p>
      ) : (
        <>
          <dl className="vk">
            <dt>{t('order')}</dt>
            <dd className="mono">{orderNumber(said.about)}</dd>
            <dt>{t('what')}</dt>
            <dd>{recordOf(said.kind, language)}</dd>
            {said.goods && (
              <>
                <dt>{t('goods')}</dt>
                <dd>{said.goods}</dd>
              </>
            )}
            {said.total && (
              <>
                <dt>{t('total')}</dt>
                <dd>{money(said.total)}</dd>
              </>
            )}
            <dt>{t('at')}</dt>
            <dd>{exact(said.at, language)}</dd>
            <dt>{t('seq')}</dt>
            <dd>{said.seq}</dd>
            <dt>{t('buyer')}</dt>
            <dd>{t('buyerHidden')}</dd>
          </dl>
          <details className="fold mt-2">
            <summary className="text-brand">{t('details')}</summary>
            <pre>{said.body}</pre>
          </details>
        </>
      )}
    </section>
  );
}

/** The content holds the plain id; people know the order by its public number. */
const orderNumber = (about: string): string =>
  /^[0-9a-f-]{36}$/.test(about) ? encodeId('order', about) : about;

function Steps({ checked }: { checked: Checked }) {
  const t = useText(words);
  const language = useLanguage();
  const values = {
    index: count(checked.index ?? 0, language),
    steps: checked.steps ?? 0,
    origin: checked.origin ?? '',
    size: count(checked.logSize ?? 0, language),
  };
  return (
    <section className="sec2">
      <h2>{t('checked')}</h2>
      <ol className="ck">
        {checked.checks.map(({ name, state }) => (
          <li key={name} className={state === 'good' ? undefined : state}>
            <i>{state !== 'none' && <Icon name={state === 'good' ? 'check' : 'cross'} size={16} />}</i>
            <div>
              <b>{t(`c_${name}`)}</b>
              <p>
                {state === 'bad'
                  ? `${t('c_fail')} ${t(`bad_${name}`)}`
                  : t(state === 'none' && name === 'content' ? 'c_contentNone' : `c_${name}Text`, values)}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {checked.index !== null && (
        <p className="mute">
          {checked.witnesses > 0 ? t('witnesses', { count: checked.witnesses }) : t('witnessNone')}
        </p>
      )}
    </section>
  );
}

function Yourself({ checked }: { checked?: Checked }) {
  const t = useText(words);
  return (
    <>
      <h2 className="text-lg">{t('yourself')}</h2>
      <p className="sub mb-2">{t('yourselfText')}</p>
      {checked?.root && (
        <pre>
          {[
            `index   ${checked.index}`,
            `root    ${checked.root} @ ${checked.size}`,
            `leaf    ${checked.leaf ?? ''}`,
          ].join('\n')}
        </pre>
      )}
      <ul className="row text-sm mt-2">
        <li>
          <a href="/log/log.vkey">{t('key')}</a>
        </li>
        <li>
          <a href="/log/checkpoint">{t('checkpoint')}</a>
        </li>
        <li>
          <a href="/log/policy.txt">{t('policy')}</a>
        </li>
      </ul>
    </>
  );
}
