import {
  data,
  Form,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import type { Answers } from '../api.ts';
import { again, found, keyed, page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { community } from '../text/community.ts';
import { fullDay } from '../text/format.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ButtonLink, Submit } from '../ui/Button.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true };

type Result = Answers['community']['takeQuiz'];

export async function loader({ context }: LoaderFunctionArgs) {
  const { api, language } = page(context);
  return { ...(await found(api.community.quiz({}))), title: textIn(community, language)('quizTitle') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const api = keyed(context, form);
  const { questions } = await found(api.community.quiz({}));
  const answers = Object.fromEntries(
    questions.flatMap(({ key }) => {
      const chosen = text(form, key);
      return /^\d$/.test(chosen) ? [[key, Number(chosen)] as const] : [];
    }),
  );
  const outcome = await tried(api.community.takeQuiz({ answers }));
  if (!outcome.ok) return again(outcome.refusal, form);
  return data({ refusal: undefined, result: outcome.value });
}

export default function Quiz() {
  const { questions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const result = answer && 'result' in answer ? answer.result : undefined;
  const t = useText(community);
  const { language } = useFrame();
  return (
    <>
      <Breadcrumbs trail={[{ href: paths.learn(), label: t('learnTitle') }]} here={t('quizTitle')} />
      <h1 className="mb-4">{t('quizTitle')}</h1>
      {result && <Outcome result={result} />}
      <Form method="post" className="stack">
        {questions.map((question) => (
          <section className="card" key={question.key}>
            <fieldset className="qz">
              <legend>{question.ask[language]}</legend>
              {question.choices.map((choice, index) => (
                <label key={index}>
                  <input
                    type="radio"
                    name={question.key}
                    value={index}
                    required
                    defaultChecked={chosenOf(result, question.key) === index}
                  />
                  <span>{choice[language]}</span>
                  {result && <Mark result={result} name={question.key} index={index} />}
                </label>
              ))}
            </fieldset>
            {result && (
              <p className="mute mt-3">
                {result.answers.find((one) => one.key === question.key)?.because[language]}
              </p>
            )}
          </section>
        ))}
        <Act consequence={t('quizAfter')}>
          <Submit>{t(result ? 'quizAgain' : 'quizSend')}</Submit>
        </Act>
      </Form>
    </>
  );
}

const chosenOf = (result: Result | undefined, name: string): number | null =>
  result?.answers.find((one) => one.key === name)?.chosen ?? null;

function Mark({ result, name, index }: { result: Result; name: string; index: number }) {
  const t = useText(community);
  const one = result.answers.find((it) => it.key === name);
  if (one?.answer === index) return <Tag tone="ok">{t('quizRight')}</Tag>;
  return one?.chosen === index ? <Tag tone="bad">{t('quizYours')}</Tag> : null;
}

function Outcome({ result }: { result: Result }) {
  const t = useText(community);
  const { viewer, language, path } = useFrame();
  return (
    <div className="mb-4 stack">
      <Note answer {...(result.passed ? {} : { tone: 'hold' as const })}>
        <b>{t('quizResult', { right: result.right, of: result.of })}</b>{' '}
        {t(result.passed ? 'quizPassed' : 'quizFailed')}
      </Note>
      {result.badge ? (
        <p className="row">
          <Tag tone="ok" icon="check">
            {t('badge')}
          </Tag>
          <span className="mute">
            {t('badgeSince', { day: fullDay(result.badge.at, language), edition: result.badge.edition })}
          </span>
        </p>
      ) : (
        result.passed &&
        !viewer.signedIn && (
          <ButtonLink kind="line" small href={paths.login(path)}>
            {t('quizBadgeLogin')}
          </ButtonLink>
        )
      )}
    </div>
  );
}
