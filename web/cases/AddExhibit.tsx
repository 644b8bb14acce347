import { Form } from 'react-router';
import { exhibitWords, type ExhibitKind } from '../../src/aftersales/exhibits.data.ts';
import { Fold } from '../buyer/CaseActs.tsx';
import { cases as words } from '../text/cases.ts';
import { exhibits } from '../text/exhibits.ts';
import { useFrame, useText } from '../text/use.ts';
import { Submit } from '../ui/Button.tsx';
import { Input, Select, Textarea } from '../ui/Field.tsx';
import { ExhibitFiles } from './ExhibitFiles.tsx';
import type { Recordings } from './exhibit.view.ts';

type Parts = {
  readonly kinds: readonly ExhibitKind[];
  readonly orderId: string;
  readonly typed?: Readonly<Record<string, string>> | undefined;
  /** Of the viewer, to be picked instead of a file. */
  readonly recordings?: Recordings;
};

/** More evidence of a party: a file, its words, or both. */
export function AddExhibit({ kinds, orderId, typed = {}, recordings }: Parts) {
  const t = useText(words);
  return (
    <div className="mt-4">
      <Fold title={t('add')} after={t('addHint')} open={typed['intent'] === 'exhibit'}>
        <Form method="post" encType="multipart/form-data" className="stack">
          <ExhibitFields kinds={kinds} orderId={orderId} typed={typed} recordings={recordings ?? []} />
          <Submit intent="exhibit">{t('addDo')}</Submit>
        </Form>
      </Fold>
    </div>
  );
}

export function ExhibitFields({ kinds, orderId, typed = {}, recordings }: Parts) {
  const t = useText(words);
  const x = useText(exhibits);
  const { language } = useFrame();
  const list = [...new Set<ExhibitKind>([...kinds, 'video', 'chat_screen', 'other'])];
  return (
    <>
      <input type="hidden" name="orderId" value={orderId} />
      <Select
        label={t('addKind')}
        name="kind"
        defaultValue={typed['kind']}
        options={list.map((kind) => ({ value: kind, label: exhibitWords[kind][language] }))}
      />
      <ExhibitFiles typed={typed} recordings={recordings} />
      <Textarea label={t('addText')} name="exhibit" maxLength={4000} defaultValue={typed['exhibit']} />
      <Input label={x('code')} name="code" maxLength={80} defaultValue={typed['code']} />
      <Input label={x('formed')} name="formedAt" type="datetime-local" defaultValue={typed['formedAt']} />
    </>
  );
}
