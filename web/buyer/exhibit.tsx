import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { ExhibitView } from '../cases/ExhibitView.tsx';
import { actOnExhibit, loadExhibit } from '../cases/exhibit.page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { exhibits as words } from '../text/exhibits.ts';
import { useText } from '../text/use.ts';
import { Breadcrumbs } from '../ui/Breadcrumbs.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };
export async function loader(args: LoaderFunctionArgs) {
  loggedIn(args.context, args.request);
  return loadExhibit(args);
}

export const action = (args: ActionFunctionArgs) => actOnExhibit(args, paths.exhibit);

export default function ExhibitPage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <Breadcrumbs
        trail={[{ href: paths.case(page.caseId), label: t('back') }]}
        here={t('binderNumber', { number: page.each.number })}
      />
      <ExhibitView page={page} refused={answer?.refusal.message} />
    </>
  );
}
