import {
  Form,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { answers } from '../../src/rules/comments.contract.ts';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { moment } from '../text/format.ts';
import { rulebook } from '../text/rulebook.ts';
import { rulesText } from '../text/rules.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { Submit } from '../ui/Button.tsx';
import { Fold } from '../ui/Dialog.tsx';
import { Choices, Input, Textarea } from '../ui/Field.tsx';
import { Tag } from '../ui/Tag.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  asStaff({ context, request });
  const version = params['version'] ?? '';
  const { comments } = await found(page(context).api.rules.commentQueue({ version }));
  return { version, comments, title: `VGSR ${version}` };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  asStaff({ context, request });
  const form = await request.formData();
  const version = params['version'] ?? '';
  const number = Number(text(form, 'number')) || 0;
  const { rules } = keyed(context, form);
  const why = text(form, 'why');
  const outcome = await tried<unknown>(
    text(form, 'intent') === 'answer'
      ? rules.answer({
          version,
          number,
          outcome: answers.find((one) => one === text(form, 'outcome')) ?? ('' as 'adopted'),
          why,
        })
      : rules.moderate({ version, number, show: text(form, 'intent') === 'show', why }),
  );
  return outcome.ok ? redirect(paths.operatorComments(version)) : again(outcome.refusal, form);
}

export default function RuleComments() {
  const { version, comments } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(rulebook);
  const home = [
    { href: paths.operatorRules(), label: t('title') },
    { href: paths.operatorRulebook(version), label: version },
  ];
  return (
    <>
      <Breadcrumbs trail={home} here={t('colComments')} />
      <header className="mh">
        <h1>{t('queue', { version })}</h1>
        <p className="mute">{t('queueLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} />
      {comments.length === 0 && <Empty title={t('queueNone')}>{t('queueNoneText')}</Empty>}
      <ul className="stack">
        {comments.map((one) => (
          <Row key={one.number} one={one} />
        ))}
      </ul>
    </>
  );
}

type Comment = Answers['rules']['commentQueue']['comments'][number];

function Row({ one }: { one: Comment }) {
  const r = useText(rulesText);
  const { now, language } = useFrame();
  return (
    <li className="card stack">
      <p className="row">
        <b>{r('commentNo', { number: one.number })}</b>
        <span>{one.author}</span>
        <span className="mute">{moment(one.at, now, language)}</span>
        {one.article && <span>{r('commentOn', { no: one.article })}</span>}
        <Tag tone={one.state === 'answered' ? 'ok' : one.state === 'hidden' ? 'bad' : 'hold'}>
          {r(`comment_${one.state}`)}
        </Tag>
      </p>
      <p className="said">{one.text}</p>
      {one.outcome && (
        <div className="plain">
          <b>{r(`answer_${one.outcome}`)}</b> <span className="said">{one.reasons}</span>
        </div>
      )}
      {one.state === 'waiting' && <Moderate one={one} />}
      {one.state === 'shown' && <Reply one={one} />}
    </li>
  );
}

function Moderate({ one }: { one: Comment }) {
  const t = useText(rulebook);
  return (
    <>
      <Form method="post">
        <input type="hidden" name="number" value={one.number} />
        <Act consequence={t('showAfter')}>
          <Submit intent="show">{t('show')}</Submit>
        </Act>
      </Form>
      <Fold label={<span className="mute underline">{t('hide')}</span>}>
        <Form method="post" className="stack">
          <input type="hidden" name="number" value={one.number} />
          <Input label={t('whyHide')} name="why" required minLength={2} maxLength={1000} />
          <Act consequence={t('hideAfter')}>
            <Submit kind="risk" intent="hide">
              {t('hide')}
            </Submit>
          </Act>
        </Form>
      </Fold>
    </>
  );
}

function Reply({ one }: { one: Comment }) {
  const t = useText(rulebook);
  const r = useText(rulesText);
  return (
    <Fold label={<span className="btn line">{t('answerTitle')}</span>}>
      <Form method="post" className="stack">
        <input type="hidden" name="number" value={one.number} />
        <Choices
          legend={t('outcome')}
          name="outcome"
          options={answers.map((value) => ({ value, label: r(`answer_${value}`) }))}
        />
        <Textarea label={t('why')} name="why" rows={3} required minLength={5} maxLength={2000} />
        <Act consequence={t('answerAfter')}>
          <Submit intent="answer">{t('answer')}</Submit>
        </Act>
      </Form>
    </Fold>
  );
}
