import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router';
import { ExhibitPage } from '../cases/ExhibitPage.tsx';
import { actOnExhibit, loadExhibit } from '../cases/exhibit.page.server.ts';
import { paths } from '../paths.ts';
import type { PageHandle } from '../storefront/frame.tsx';
import { loggedIn } from './loggedIn.server.ts';

export const handle: PageHandle = { dock: () => null };

export async function loader(args: LoaderFunctionArgs) {
  loggedIn(args.context, args.request);
  return loadExhibit(args);
}

export const action = (args: ActionFunctionArgs) => actOnExhibit(args, paths.exhibit);

export default function BuyersExhibit() {
  return <ExhibitPage caseAt={paths.case} />;
}
