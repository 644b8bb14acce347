import {
  Form,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { Fold } from '../buyer/CaseActs.tsx';
import { actOnHearing, loadHearing } from '../cases/hearing.server.ts';
import { HearingPage } from '../cases/HearingPage.tsx';
import type { CasePage } from '../cases/case.view.ts';
import { Sides } from '../cases/Sides.tsx';
import { paths } from '../paths.ts';
import { court as words } from '../text/court.ts';
import { useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { FindingFields } from './FindingFields.tsx';
import { asStaff } from './staff.server.ts';

export async function loader(p: LoaderFunctionArgs) {
  asStaff(p);
  return loadHearing(p);
}

export const action = (args: ActionFunctionArgs) => actOnHearing(args, paths.operatorHearing);

export default function DeskHearing() {
  const shown = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { one, hearing } = shown;
  const seat = hearing.tribunals
    .find((w) => w.kind === 'panel')
    ?.members.find((member) => member.mine && member.state === 'seated');
  return (
    <HearingPage
      {...shown}
      whose="staff"
      casePath={paths.operatorCase(one.caseId)}
      here={paths.operatorHearing(one.caseId)}
      refused={answer?.refusal.message}
    >
      <Sides one={one} />
      {hearing.able['vote']?.ok ? (
        <VoteForm one={one} typed={answer?.typed ?? {}} />
      ) : (
        seat?.voted && one.state === 'arbitration' && <Note>{t('voteDone')}</Note>
      )}
    </HearingPage>
  );
}

function VoteForm({ one, typed }: { one: CasePage; typed: Readonly<Record<string, string>> }) {
  const t = useText(words);
  return (
    <section className="card draft">
      <h2 className="song mb-3">{t('voteTitle')}</h2>
      <Form method="post" className="stack">
        <FindingFields
          version={one.rulebook}
          reason={one.reason}
          typed={typed}
          remedy={one.asked.remedy}
          most={one.refundable}
        />
        <Act consequence={<Rich text={t('voteAfter')} version={one.rulebook} />}>
          <Submit intent="vote">{t('vote')}</Submit>
        </Act>
      </Form>
      <div className="mt-4">
        <Fold title={t('recuse')} kind="risk" after={t('recuseAfter')}>
          <Form method="post" className="stack">
            <Textarea label={t('reasons')} name="text" required minLength={2} maxLength={1000} />
            <Submit intent="recuse" kind="risk">
              {t('recuse')}
            </Submit>
          </Form>
        </Fold>
      </div>
    </section>
  );
}
