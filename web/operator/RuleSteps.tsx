import { Form } from 'react-router';
import { deadline } from '../text/format.ts';
import { rulebook } from '../text/rulebook.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Fold } from '../ui/Dialog.tsx';
import { Input, Textarea } from '../ui/Field.tsx';
import type { Draft } from './RuleHead.tsx';

/** What can be done with a version now; what cannot yet says why and when it can. */
export function RuleSteps({ draft, editable }: { draft: Draft; editable: boolean }) {
  const t = useText(rulebook);
  return (
    <section className="card stack">
      <h2>{t('nextStep')}</h2>
      {draft.head.state === 'draft' && <Consult draft={draft} />}
      {draft.head.state === 'consultation' && <Publish draft={draft} />}
      {!editable && <Done draft={draft} />}
      {editable && (
        <Fold label={<span className="mute underline">{t('withdraw')}</span>}>
          <Form method="post" className="stack">
            <Textarea label={t('withdrawNote')} name="note" required minLength={2} maxLength={500} />
            <Act consequence={t('withdrawAfter')}>
              <Submit kind="risk" intent="withdraw">
                {t('withdraw')}
              </Submit>
            </Act>
          </Form>
        </Fold>
      )}
    </section>
  );
}

function Done({ draft }: { draft: Draft }) {
  const t = useText(rulebook);
  const { now, language } = useFrame();
  const { state, effectiveAt } = draft.head;
  return (
    <p className="mute">
      {state === 'announced' && effectiveAt
        ? t('announced', { time: deadline(effectiveAt, now, language) })
        : t('nothingToDo')}
    </p>
  );
}

function Consult({ draft }: { draft: Draft }) {
  const t = useText(rulebook);
  if (draft.findings.some((one) => one.level === 'fault'))
    return <Why label={t('consult')} reason={t('consultBlocked')} kind="filled" />;
  return (
    <Form method="post">
      <input type="hidden" name="sha256" value={draft.head.sha256} />
      <Act consequence={t('consultAfter')}>
        <Submit intent="consult">{t('consult')}</Submit>
      </Act>
    </Form>
  );
}

/** The day of Beijing on which an instant lies, as a date field has it. */
const dayOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

function Publish({ draft }: { draft: Draft }) {
  const t = useText(rulebook);
  const { now, language } = useFrame();
  const { head, proposal, notice } = draft;
  const running = head.consultUntil !== null && Date.parse(head.consultUntil) > now;
  return (
    <>
      {proposal && <Proposed draft={draft} proposal={proposal} />}
      {running && (
        <Note tone="hold">
          {t('consultRunning', { time: deadline(head.consultUntil ?? 0, now, language) })}
        </Note>
      )}
      <Form method="post" className="stack">
        <input type="hidden" name="sha256" value={head.sha256} />
        <Input
          label={t('effectiveOn')}
          name="effectiveOn"
          type="date"
          required
          defaultValue={dayOf(notice.earliest)}
        />
        <Act consequence={t('proposeAfter')}>
          <Submit kind={proposal ? 'line' : 'filled'} intent="propose">
            {t('propose')}
          </Submit>
        </Act>
      </Form>
    </>
  );
}

function Proposed({ draft, proposal }: { draft: Draft; proposal: NonNullable<Draft['proposal']> }) {
  const t = useText(rulebook);
  const { now, language } = useFrame();
  return (
    <div className="stack">
      <Note>{t('proposed', { time: deadline(proposal.effectiveAt, now, language) })}</Note>
      {proposal.mine || !proposal.sameText ? (
        <Why
          label={t('announce')}
          reason={t(proposal.sameText ? 'proposedMine' : 'proposedStale')}
          kind="filled"
        />
      ) : (
        <Form method="post">
          <input type="hidden" name="sha256" value={draft.head.sha256} />
          <Act consequence={t('announceAfter')}>
            <Submit intent="announce">{t('announce')}</Submit>
          </Act>
        </Form>
      )}
    </div>
  );
}
