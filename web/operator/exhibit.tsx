import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { ExhibitView } from '../cases/ExhibitView.tsx';
import { actOnExhibit, loadExhibit } from '../cases/exhibit.page.server.ts';
import { paths } from '../paths.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { asStaff } from './staff.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  asStaff(args);
  return loadExhibit(args);
}

export const action = (args: ActionFunctionArgs) => actOnExhibit(args, paths.operatorExhibit);

export default function ExhibitPage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.operatorCase(page.caseId), label: t('back') }]}
        here={t('binderNumber', { number: page.each.number })}
      />
      <ExhibitView page={page} refused={answer?.refusal.message} />
    </>
  );
}
