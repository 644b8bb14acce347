import { redirect, type ActionFunctionArgs } from 'react-router';
import { found, keyed, signedIn, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';

/** The copy of somebody's data as a file, once. A wrong password leads back to the page, and the copy stays. */
export async function action({ context, request }: ActionFunctionArgs): Promise<Response> {
  signedIn(context, request);
  const form = await request.formData();
  const api = keyed(context, form);
  const password = String(form.get('password') ?? '');
  if (password !== '' && !(await tried(api.identity.confirm({ password }))).ok)
    throw redirect(paths.myData(), 303);
  const file = await found(api.community.fetchExport({ exportId: text(form, 'copy') }));
  return new Response(file, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${file.name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
