import { useRef, useState, type FormEvent } from 'react';
import { sayBytes } from '../../src/kit/file-name.ts';
import { paths, withQuery } from '../paths.ts';
import { downloads as words } from '../text/downloads.ts';
import { useText } from '../text/use.ts';
import { Act } from '../ui/Act.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { FileInput, Input } from '../ui/Field.tsx';
import { Progress } from '../ui/Progress.tsx';

type Under = { done: number; all: number };

/**
 * A file for buyers. With a script it goes to the API as it is read from the disk, with a bar that says how far; without one the form posts it to this
 * page.
 */
export function UploadForm({
  shopId,
  listingId,
  version,
}: {
  shopId: string;
  listingId: string;
  version: string;
}) {
  const t = useText(words);
  const [under, setUnder] = useState<Under>();
  const [refused, setRefused] = useState('');
  const running = useRef(false);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    const form = new FormData(event.currentTarget);
    const file = form.get('file');
    if (!(file instanceof File) || file.size === 0) return;
    event.preventDefault();
    if (running.current) return;
    running.current = true;
    setRefused('');
    const path = `/api/v1/shops/${encodeURIComponent(shopId)}/listings/${encodeURIComponent(listingId)}/releases/file`;
    const query = { version: String(form.get('version') ?? ''), name: file.name, size: file.size };
    upload(withQuery(path, query), file, setUnder)
      .then((said) => {
        if (said === undefined)
          window.location.assign(withQuery(paths.merchantDownload(listingId), { done: 1 }));
        else setRefused(said);
      })
      .catch(() => setRefused(t('uploadBroke')))
      .finally(() => {
        running.current = false;
        setUnder(undefined);
      });
  };
  return (
    <form method="post" encType="multipart/form-data" className="stack" onSubmit={send}>
      {refused && (
        <Note tone="bad" answer>
          {refused}
        </Note>
      )}
      <FileInput label={t('uploadFile')} name="file" required />
      <Input label={t('uploadVersion')} name="version" required maxLength={40} defaultValue={version} />
      {under && (
        <Progress
          label={
            under.done >= under.all
              ? t('checking')
              : t('uploading', {
                  percent: Math.floor((under.done / Math.max(1, under.all)) * 100),
                  done: sayBytes(under.done),
                  all: sayBytes(under.all),
                })
          }
          done={under.done}
          of={under.all}
        />
      )}
      <Act consequence={t('uploadAfter')}>
        <Submit intent="upload">{t('uploadButton')}</Submit>
      </Act>
    </form>
  );
}

/** Sends the file; answers undefined when it was taken, else why not. XMLHttpRequest, because only it tells how much has been sent. */
function upload(to: string, file: File, tell: (under: Under) => void): Promise<string | undefined> {
  return new Promise((resolve, failed) => {
    const request = new XMLHttpRequest();
    request.open('PUT', to);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => tell({ done: event.loaded, all: file.size });
    request.onerror = () => failed(new Error('the upload broke off'));
    request.onload = () => {
      if (request.status < 300) return resolve(undefined);
      const { title } = JSON.parse(request.responseText) as { title: string };
      resolve(title);
    };
    tell({ done: 0, all: file.size });
    request.send(file);
  });
}
