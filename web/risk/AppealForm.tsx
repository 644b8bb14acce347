import { Form } from 'react-router';
import { msOf, moment } from '../text/format.ts';
import { risk as words } from '../text/risk.ts';
import { useFrame, useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';
import type { Measure } from './MeasureCard.tsx';

/** The appeal against a measure, while its time runs. */
export function AppealForm({ one, typed }: { one: Measure; typed?: string | undefined }) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (one.state !== 'running' || one.appealUntil === null) return null;
  if (msOf(one.appealUntil) < now) return <p className="mute">{t('appealOver')}</p>;
  return (
    <Form method="post" className="stack">
      <input type="hidden" name="measureId" value={one.measureId} />
      <Textarea
        label={t('appealText')}
        hint={t('appealHint')}
        name="reasons"
        required
        minLength={10}
        maxLength={2000}
        defaultValue={typed}
      />
      <p className="mute">{t('appealBy', { time: moment(one.appealUntil, now, language) })}</p>
      <Act consequence={<Rich text={t('appealAfter')} version={one.rulebook} />}>
        <Submit intent="appeal">{t('appeal')}</Submit>
      </Act>
    </Form>
  );
}
