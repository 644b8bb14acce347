import { Form } from 'react-router';
import { exhibitWords, type ExhibitKind } from '../../src/aftersales/exhibits.data.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { cases as words } from '../text/cases.ts';
import { useFrame, useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Select, Textarea } from '../ui/Field.tsx';

/** More evidence of a party, word for word. */
export function AddExhibit({ kinds }: { kinds: readonly ExhibitKind[] }) {
  const t = useText(words);
  return (
    <div className="mt-4">
      <Fold title={t('add')} after={t('addHint')}>
        <Form method="post" className="stack">
          <ExhibitFields kinds={kinds} />
          <Submit intent="exhibit">{t('addDo')}</Submit>
        </Form>
      </Fold>
    </div>
  );
}

export function ExhibitFields({ kinds }: { kinds: readonly ExhibitKind[] }) {
  const t = useText(words);
  const { language } = useFrame();
  const list = [...new Set<ExhibitKind>([...kinds, 'other'])];
  return (
    <>
      <Select
        label={t('addKind')}
        name="kind"
        options={list.map((kind) => ({ value: kind, label: exhibitWords[kind][language] }))}
      />
      <Textarea label={t('addText')} name="exhibit" required minLength={2} maxLength={4000} />
    </>
  );
}
