import { Form } from 'react-router';
import { findingWords, verdictWords } from '../../src/delivery/check/contract.ts';
import { issuerStateWords, usageWords } from '../../src/delivery/issuer/contract.ts';
import { say } from '../../src/kit/text.ts';
import { help as words } from '../text/help.ts';
import { exact, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act, Why } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Input, Select } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import { UseGuide } from '../ui/UseGuide.tsx';
import { ArrivalGuide } from '../ui/ArrivalGuide.tsx';
import type { HelpLine, HelpUnit } from './order.view.ts';

/** Beside a key that its buyer has seen: how it is used, the code checker (F045) and the question to its issuer (F070). */
export function KeyHelp({
  line,
  unit,
  version,
  open,
  refused,
}: {
  line: HelpLine;
  unit: HelpUnit;
  version: string;
  /** An answer has just come: show it. */ open: boolean;
  refused: string | undefined;
}) {
  const t = useText(words);
  return (
    <div className="key-b">
      <details className="fold" open={open}>
        <summary>
          <span className="text-brand">{t('help')}</span>
        </summary>
        <div className="stack">
          {refused && (
            <Note tone="bad" answer>
              {refused}
            </Note>
          )}
          <Checker line={line} unit={unit} version={version} answered={open} />
          <IssuerCheck line={line} unit={unit} version={version} />
          {line.guide && (
            <section className="stack">
              <h3>{t('use')}</h3>
              <UseGuide guide={line.guide} />
            </section>
          )}
          <ArrivalGuide goods={line.goods} />
        </div>
      </details>
    </div>
  );
}

/** What was typed goes to the server and is compared there; the page never holds the key for it. */
function Checker({
  line,
  unit,
  version,
  answered,
}: {
  line: HelpLine;
  unit: HelpUnit;
  version: string;
  answered: boolean;
}) {
  const t = useText(words);
  const { language, now } = useFrame();
  const last = unit.checks.at(-1);
  return (
    <section className="stack">
      <h3>{t('check')}</h3>
      {last && (
        <Note answer={answered} {...(last.verdict === 'same' ? {} : { tone: 'hold' as const })}>
          <b>{verdictWords[last.verdict][language]}</b>
          {last.findings.length > 0 && (
            <ul>
              {last.findings.map((one) => (
                <li key={one.kind}>
                  {say(findingWords[one.kind], language, {
                    count: one.count ?? 0,
                    unit: one.unit ?? '',
                  })}
                </li>
              ))}
            </ul>
          )}
          <p className="mute">
            {t('checkedAt', { count: unit.checks.length, time: moment(last.at, now, language) })}
          </p>
        </Note>
      )}
      <Form method="post" className="stack" autoComplete="off">
        <input type="hidden" name="unit" value={unit.unit} />
        {line.parts.length > 1 && (
          <Select
            label={t('part')}
            name="part"
            options={line.parts.map((part) => ({ value: part, label: t(`part_${part}`) }))}
          />
        )}
        <Input
          label={t('typed')}
          hint={t('typedHint')}
          name="typed"
          required
          maxLength={800}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
        />
        <Act consequence={<Rich text={t('checkAfter')} version={version} />}>
          <Submit intent="check" kind="line" small>
            {t('checkNow')}
          </Submit>
        </Act>
      </Form>
    </section>
  );
}

function IssuerCheck({ line, unit, version }: { line: HelpLine; unit: HelpUnit; version: string }) {
  const t = useText(words);
  const { language } = useFrame();
  const { ok, why } = unit.askIssuer;
  return (
    <section className="stack">
      <h3>{t('issuer')}</h3>
      <IssuerAnswers answers={unit.issuerChecks} />
      {ok ? (
        <Form method="post">
          <input type="hidden" name="unit" value={unit.unit} />
          <Act consequence={<Rich text={t('askAfter', { issuer: line.issuer ?? '' })} version={version} />}>
            <Submit intent="askIssuer" kind="line" small>
              {t('ask')}
            </Submit>
          </Act>
        </Form>
      ) : (
        <Why small label={t('ask')} reason={why?.[language] ?? ''} />
      )}
    </section>
  );
}

/** What the issuer said, oldest first, with the fingerprint of the answer as it came. */
export function IssuerAnswers({
  answers,
  isBuyer = true,
}: {
  answers: HelpUnit['issuerChecks'];
  isBuyer?: boolean;
}) {
  const t = useText(words);
  const { language } = useFrame();
  if (answers.length === 0) return null;
  return (
    <ul className="lines text-sm">
      {answers.map((one, index) => (
        <li key={index}>
          {one.usage === null ? (
            issuerStateWords[one.state][language]
          ) : isBuyer ? (
            usageWords[one.usage][language]
          ) : (
            <Rich text={t(`usage_${one.usage}`)} />
          )}
          {one.usedAt !== null && <> {t('usedAt', { time: exact(one.usedAt, language) })}</>}
          {one.account !== null && <> {t('usedBy', { account: one.account })}</>}
          <br />
          <span className="mute">
            {t(one.by === 'system' ? 'askedBySystem' : isBuyer ? 'askedAt' : 'askedByBuyer', {
              time: exact(one.askedAt, language),
            })}
            {one.raw !== null && (
              <>
                {' '}
                {t('raw')} <span className="mono">{one.raw.slice(0, 12)}</span>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
