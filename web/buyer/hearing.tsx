import {
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { actOnHearing, loadHearing } from '../cases/hearing.server.ts';
import { HearingPage } from '../cases/HearingPage.tsx';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };

export async function loader(p: LoaderFunctionArgs) {
  loggedIn(p.context, p.request);
  const shown = await loadHearing(p);
  if (shown.one.role === 'merchant') throw redirect(paths.merchantHearing(shown.one.caseId));
  if (shown.one.role === 'staff') throw redirect(paths.operatorHearing(shown.one.caseId));
  return shown;
}

export const action = (args: ActionFunctionArgs) => actOnHearing(args, paths.caseHearing);

export default function BuyerHearing() {
  const shown = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { caseId } = shown.one;
  return (
    <HearingPage
      {...shown}
      whose="buyer"
      casePath={paths.case(caseId)}
      here={paths.caseHearing(caseId)}
      refused={answer?.refusal.message}
    />
  );
}
