import { Form } from 'react-router';
import { exhibitWords } from '../../src/aftersales/exhibits.data.ts';
import { findingKinds, findingSides } from '../../src/aftersales/watch/contract.ts';
import { signalWords } from '../../src/risk/words.contract.ts';
import type { Answers } from '../api.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import type { CasePage } from '../cases/case.view.ts';
import { desk as words } from '../text/desk.ts';
import { useFrame, useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Select, Textarea } from '../ui/Field.tsx';
import { Rich } from '../ui/Rich.tsx';

type Typed = Readonly<Record<string, string>>;

/** Whoever decided a case writes down what it showed about a party, with its exhibit; two people of the risk desk may answer it. */
export function FindingPart({
  one,
  standing,
  typed,
}: {
  one: CasePage;
  standing: Answers['desk']['standing'];
  typed: Typed;
}) {
  const t = useText(words);
  const { language } = useFrame();
  const decided = one.award !== null && one.state !== 'review' && one.state !== 'signing';
  const heard = standing.mine || standing.before.some((each) => each.me);
  if (!decided || !heard) return null;
  return (
    <section className="card" id="finding">
      <Fold
        title={t('finding')}
        after={<Rich text={t('findingAfter')} version={one.rulebook} />}
        open={typed['intent'] === 'finding'}
      >
        <Form method="post" className="stack">
          <Select
            label={t('findingKind')}
            name="kind"
            defaultValue={typed['kind']}
            options={findingKinds.map((kind) => ({
              value: kind,
              label: t(findingSides[kind] === 'buyer' ? 'findingBuyer' : 'findingShop', {
                what: signalWords[kind][language],
              }),
            }))}
          />
          <Select
            label={t('findingExhibit')}
            name="exhibit"
            defaultValue={typed['exhibit']}
            options={[
              { value: '', label: t('findingNone') },
              ...one.exhibits.map((each) => ({
                value: String(each.number),
                label: t('findingNo', { number: each.number, name: exhibitWords[each.kind][language] }),
              })),
            ]}
          />
          <Textarea
            label={t('findingSays')}
            hint={t('findingSaysHint')}
            name="says"
            required
            minLength={10}
            maxLength={500}
            defaultValue={typed['says']}
          />
          <Submit intent="finding" kind="line">
            {t('findingDo')}
          </Submit>
        </Form>
      </Fold>
    </section>
  );
}
