import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { common } from '../text/common.ts';
import { diagnosis as words } from '../text/diagnosis.ts';
import { deadline } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';
import { Answers, Ending, Passed } from './DiagnosisStep.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };

/** '2-1' is the first unit of line 2; the first of all where none is named. */
function unitOf(request: Request): { line: number; place: number } {
  const [line, place] = (new URL(request.url).searchParams.get('unit') ?? '').split('-').map(Number);
  return { line: line || 1, place: place || 1 };
}

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  loggedIn(context, request);
  const { api, language } = page(context);
  const orderId = params['orderId'] ?? '';
  const [walk, form] = await Promise.all([
    found(api.diagnosis.walk({ orderId, ...unitOf(request) })),
    found(api.cases.form({ orderId })),
  ]);
  return { walk, form, title: textIn(words, language)('title') };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData();
  const { api } = page(context);
  const orderId = params['orderId'] ?? '';
  const unit = unitOf(request);
  const name = `${unit.line}-${unit.place}`;
  const intent = text(form, 'intent');
  const outcome =
    intent === 'compare'
      ? await tried(
          api.delivery.checkCode({ orderId, unit: name, part: 'secret', typed: text(form, 'typed') }),
        )
      : intent === 'anew'
        ? await tried(api.diagnosis.anew({ orderId, ...unit }))
        : await tried(
            api.diagnosis.answer({
              orderId,
              ...unit,
              step: text(form, 'step'),
              answer: text(form, 'answer'),
              note: text(form, 'note'),
            }),
          );
  // A step that lies behind (a second press, the page in another tab): the page shows where it stands now.
  if (!outcome.ok && outcome.refusal.code !== 'STEP_MOVED_ON') return again(outcome.refusal, form, ['typed']);
  return redirect(paths.diagnosis(orderId, name), 303);
}

/** A few questions before a case is filed, each of which can be skipped with one press (F043, F044). */
export default function DiagnosisPage() {
  const { walk, form } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const c = useText(common);
  const { now, language } = useFrame();
  const unit = form.lines
    .find((one) => one.line === walk.line)
    ?.units.find((one) => one.place === walk.place);
  const name = `${walk.line}-${walk.place}`;
  return (
    <>
      <Breadcrumbs
        trail={[
          { href: paths.orders(), label: c('myOrders') },
          { href: paths.order(walk.orderId), label: walk.title },
        ]}
        here={t('title')}
      />
      <header className="oh">
        <div>
          <h1>{t('head')}</h1>
          <p className="sub">
            <Rich text={t('lead')} version={walk.rulebook} />
          </p>
        </div>
      </header>
      <Answer refused={answer && (answer.refusal.fields['typed'] ?? answer.refusal.message)} />
      <div className="stack claim-page">
        <Units />
        {unit?.caseId && (
          <Note tone="hold">
            {t('openCase')} <a href={paths.case(unit.caseId)}>{t('toCase')}</a>
          </Note>
        )}
        {walk.chatUntil && walk.end?.end !== 'chat' && (
          <Note tone="hold">
            <Rich
              text={t('slight', { time: deadline(walk.chatUntil, now, language) })}
              version={walk.rulebook}
            />
          </Note>
        )}
        {walk.passed.length > 0 && <Passed walk={walk} />}
        {walk.step && <Answers walk={walk} step={walk.step} />}
        {walk.end && <Ending walk={walk} end={walk.end} able={form.able.ok} />}
        {form.able.ok ? (
          walk.end === null && (
            <Act consequence={t('skipAfter')}>
              <ButtonLink href={paths.claim(walk.orderId, name)} kind="line" wide>
                {t('skip')}
              </ButtonLink>
            </Act>
          )
        ) : (
          <Why label={t('cannot')} reason={form.able.why?.[language] ?? ''} />
        )}
        <p className="mute">{t('version', { version: walk.tree })}</p>
      </div>
    </>
  );
}

/** The other units of the order, where there are any. */
function Units() {
  const { walk, form } = useLoaderData<typeof loader>();
  const t = useText(words);
  const all = form.lines.flatMap((line) =>
    line.units.slice(0, 20).map((unit) => ({ line: line.line, place: unit.place, title: line.title })),
  );
  if (all.length < 2) return null;
  return (
    <p className="filters" aria-label={t('which')}>
      {all.map((one) => (
        <a
          key={`${one.line}-${one.place}`}
          href={paths.diagnosis(walk.orderId, `${one.line}-${one.place}`)}
          aria-current={one.line === walk.line && one.place === walk.place ? 'true' : undefined}
        >
          {t('unit', one)}
        </a>
      ))}
    </p>
  );
}
