import type { ActionFunctionArgs, LoaderFunctionArgs } from 'react-router';
import { ExhibitPage } from '../cases/ExhibitPage.tsx';
import { actOnExhibit, loadExhibit } from '../cases/exhibit.page.server.ts';
import { paths } from '../paths.ts';
import { asStaff } from './staff.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  asStaff(args);
  return loadExhibit(args);
}

export const action = (args: ActionFunctionArgs) => actOnExhibit(args, paths.operatorExhibit);

export default function DesksExhibit() {
  return <ExhibitPage caseAt={paths.operatorCase} />;
}
