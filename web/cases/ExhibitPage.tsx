import { useActionData, useLoaderData } from 'react-router';
import { exhibits as words } from '../text/exhibits.ts';
import { useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { ExhibitView } from './ExhibitView.tsx';
import type { actOnExhibit, loadExhibit } from './exhibit.page.server.ts';

/** The page of one exhibit, for whoever looks: only the way back to the case differs. */
export function ExhibitPage({ caseAt }: { caseAt: (caseId: string) => string }) {
  const page = useLoaderData<typeof loadExhibit>();
  const answer = useActionData<typeof actOnExhibit>();
  const t = useText(words);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: caseAt(page.caseId), label: t('back') }]}
        here={t('binderNumber', { number: page.each.number })}
      />
      <ExhibitView page={page} refused={answer?.refusal.message} />
    </>
  );
}
