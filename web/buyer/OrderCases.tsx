import { useLoaderData } from 'react-router';
import { reasons } from '../../src/aftersales/reasons.data.ts';
import { caseStateWords } from '../../src/aftersales/words.contract.ts';
import { paths } from '../paths.ts';
import { claim as words } from '../text/claim.ts';
import { deadline, money } from '../text/format.ts';
import { order as orderWords } from '../text/order.ts';
import { outside } from '../text/outside.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Rich } from '../ui/Rich.tsx';
import type { ClaimForm } from './ClaimFields.tsx';

/** What can be claimed about the order of this page, and its cases; undefined for whoever is not its buyer. */
export const useClaims = (): ClaimForm | undefined =>
  (useLoaderData() as { claims?: ClaimForm | undefined }).claims;

const isOpen = (one: ClaimForm['cases'][number]): boolean => one.endedAt === null;

/** The case that holds this order's money, if one does. */
export const useOpenCase = (): ClaimForm['cases'][number] | undefined =>
  useClaims()?.cases.find((one) => isOpen(one) && one.state !== 'executed');

/** 提交售后 and 申请平台介入 on the page of an order: a button, or why not (F122). */
export function ClaimActs() {
  const t = useText(orderWords);
  const w = useText(words);
  const o = useText(outside);
  const { now, language } = useFrame();
  const claims = useClaims();
  const open = useOpenCase();
  if (!claims) return null;
  const { able, rulebook, orderId } = claims;
  const past = claims.cases.filter((one) => one !== open);
  return (
    <>
      {open && (
        <Act
          consequence={
            <>
              {caseStateWords[open.state][language]}
              {open.dueAt && ` · ${deadline(open.dueAt, now, language)}`}
            </>
          }
        >
          <ButtonLink href={paths.case(open.caseId)}>
            {w('o_open', { reason: reasons[open.reason].words[language], amount: money(open.amount) })}
          </ButtonLink>
        </Act>
      )}
      {able.ok ? (
        <Act
          consequence={<Rich text={w('o_claimAfter', { hours: claims.answer_hours })} version={rulebook} />}
        >
          <ButtonLink href={paths.diagnosis(orderId)} kind="line">
            {t('claim')}
          </ButtonLink>
        </Act>
      ) : (
        !open && <Why label={t('claim')} reason={able.why?.[language] ?? ''} />
      )}
      {!open && <Why label={t('arbitrate')} reason={<Rich text={t('arbitrateWhy')} version={rulebook} />} />}
      <p className="mute">
        <a href={paths.outside(orderId)}>{o('outsideLink')}</a>
      </p>
      {past.map((one) => (
        <p key={one.caseId} className="mute">
          <a href={paths.case(one.caseId)}>
            {reasons[one.reason].words[language]} · {caseStateWords[one.state][language]}
          </a>
        </p>
      ))}
    </>
  );
}

/** “不能用” beside one key: to the few questions about it, or to the case that is open about it. */
export function FailsLink({ unit }: { unit: string }) {
  const t = useText(orderWords);
  const claims = useClaims();
  const [line, place] = unit.split('-').map(Number);
  const found = claims?.lines.find((one) => one.line === line)?.units.find((one) => one.place === place);
  if (!claims || !found) return null;
  const href = found.caseId ? paths.case(found.caseId) : paths.diagnosis(claims.orderId, unit);
  return (
    <ButtonLink href={href} kind="line" small>
      {t('fails')}
    </ButtonLink>
  );
}

/** Where one key came from, as a code that others can scan. */
export function ProvenanceLink({ unit }: { unit: string }) {
  const o = useText(outside);
  const claims = useClaims();
  if (!claims) return null;
  return (
    <p className="mute">
      <a href={paths.provenanceTag(claims.orderId, unit)}>{o('qrTitle')}</a>
    </p>
  );
}
