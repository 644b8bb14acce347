import { redirect, type ActionFunctionArgs } from 'react-router';
import { keyed, text, tried } from '../page.server.ts';
import { paths } from '../paths.ts';

/** A GET takes no seat. */
export const loader = () => redirect(paths.licences());

/** The signed file for a device without a network, as a download; works without JavaScript. */
export async function action({ context, request }: ActionFunctionArgs): Promise<Response> {
  const form = await request.formData();
  const made = await tried(
    keyed(context, form).licences.offlineFile({
      licenceId: text(form, 'licence'),
      fingerprint: text(form, 'fingerprint'),
      name: text(form, 'name'),
    }),
  );
  if (!made.ok) return redirect(paths.licences(text(form, 'order'), { refused: made.refusal.code }), 303);
  const { certificate, fileName } = made.value;
  return new Response(certificate, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${fileName.replace(/[^\w.]/g, '')}"`,
      'Cache-Control': 'private, no-store',
    },
  });
}
