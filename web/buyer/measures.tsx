import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { again, found, page, signedIn, text, tried } from '../page.server.ts';
import { paths, withQuery } from '../paths.ts';
import { AppealForm } from '../risk/AppealForm.tsx';
import { MeasureCard } from '../risk/MeasureCard.tsx';
import { OpenWays } from '../risk/OpenWays.tsx';
import { risk as words } from '../text/risk.ts';
import { textIn, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { Rich } from '../ui/Rich.tsx';

export async function loader({ context, request }: LoaderFunctionArgs) {
  signedIn(context, request);
  const { api, language } = page(context);
  return {
    ...(await found(api.risk.mine({}))),
    did: new URL(request.url).searchParams.has('did'),
    title: textIn(words, language)('title'),
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  signedIn(context, request);
  const form = await request.formData();
  const outcome = await tried(
    page(context).api.risk.appeal({ measureId: text(form, 'measureId'), reasons: text(form, 'reasons') }),
  );
  return outcome.ok ? redirect(withQuery(paths.measures(), { did: 1 })) : again(outcome.refusal, form);
}

/** 措施与申诉: what was decided about the account, why, until when, and how to appeal. */
export default function Measures() {
  const { measures, did } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="list-h">
        <h1>{t('title')}</h1>
        <p className="sub">
          <Rich text={t('mineLead')} />
        </p>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t('appealed')} />
      <div className="two">
        <div className="stack">
          {measures.length === 0 && <Empty title={t('none')}>{t('noneText')}</Empty>}
          {measures.map((one) => (
            <MeasureCard key={one.measureId} one={one}>
              <AppealForm
                one={one}
                typed={answer?.typed['measureId'] === one.measureId ? answer.typed['reasons'] : undefined}
              />
            </MeasureCard>
          ))}
        </div>
        <aside className="stack">
          <OpenWays version={measures[0]?.rulebook} />
        </aside>
      </div>
    </>
  );
}
