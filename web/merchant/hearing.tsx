import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { actOnHearing, loadHearing } from '../cases/hearing.server.ts';
import { HearingPage } from '../cases/HearingPage.tsx';
import { signedIn } from '../page.server.ts';
import { paths } from '../paths.ts';

export async function loader(p: LoaderFunctionArgs) {
  signedIn(p.context, p.request);
  return loadHearing(p);
}

export const action = (args: ActionFunctionArgs) => actOnHearing(args, paths.merchantHearing);

export default function ShopHearing() {
  const shown = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { caseId } = shown.one;
  return (
    <HearingPage
      {...shown}
      whose="merchant"
      casePath={paths.merchantCase(caseId)}
      here={paths.merchantHearing(caseId)}
      refused={answer?.refusal.message}
    />
  );
}
