import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router';
import { ExhibitPage } from '../cases/ExhibitPage.tsx';
import { actOnExhibit, loadExhibit } from '../cases/exhibit.page.server.ts';
import { paths } from '../paths.ts';
import { shopOf } from './shop.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  await shopOf(args);
  return loadExhibit(args);
}

export const action = (args: ActionFunctionArgs) => actOnExhibit(args, paths.merchantExhibit);

export default function ShopsExhibit() {
  return <ExhibitPage caseAt={paths.merchantCase} />;
}
