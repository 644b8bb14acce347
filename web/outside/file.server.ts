/** A file of the api as an answer of a page: with its name, and never kept by anybody in between. */
export const asFile = (file: File): Response =>
  new Response(file, {
    headers: {
      'Content-Type': file.type,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'private, no-store',
    },
  });
