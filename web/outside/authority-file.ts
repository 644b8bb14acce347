import { redirect, type ActionFunctionArgs } from 'react-router';
import { page, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';
import { asFile } from './file.server.ts';

/** What a code of an authority leads to, as a download. */
export async function action({ context, request }: ActionFunctionArgs): Promise<Response> {
  const form = await request.formData();
  const format = text(form, 'format') === 'bundle' ? 'bundle' : 'json';
  const outcome = await tried(page(context).api.outside.exportFile({ code: text(form, 'code'), format }));
  if (!outcome.ok) return redirect(paths.authority(), 303);
  const file = outcome.value as File | ReadableStream;
  if (file instanceof File) return asFile(file);
  return new Response(file, {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': 'attachment; filename="evidence.zip"',
      'Cache-Control': 'private, no-store',
    },
  });
}
