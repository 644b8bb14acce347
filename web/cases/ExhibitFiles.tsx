import { attachmentTypes } from '../../src/kit/file-name.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { bytes, moment } from '../text/format.ts';
import { useFrame, useText } from '../text/use.ts';
import { FileInput, Select } from '../ui/Field.tsx';
import type { Recordings } from './exhibit.view.ts';

type Typed = Readonly<Record<string, string>>;

/** A recording made on the page of the order, or a file with, if need be, its blacked-out copy. Works as a plain form; what arrived before a refusal is not chosen again. */
export function ExhibitFiles({
  typed = {},
  recordings = [],
}: {
  typed?: Typed;
  recordings?: Recordings | undefined;
}) {
  const t = useText(words);
  return (
    <>
      <PickRecording typed={typed} recordings={recordings} />
      <Chosen name="file" typed={typed} />
      <FileInput label={t('file')} hint={t('fileHint')} name="file" accept={attachmentTypes.join(',')} />
      <details className="fold" open={typed['redactedId'] !== undefined || typed['onlyPlatform'] === 'yes'}>
        <summary className="btn line s">{t('redact')}</summary>
        <div className="stack mt-3">
          <Chosen name="redacted" typed={typed} />
          <FileInput
            label={t('redacted')}
            hint={t('redactHint')}
            name="redacted"
            accept={attachmentTypes.join(',')}
          />
          <label className="tick">
            <input
              type="checkbox"
              name="onlyPlatform"
              value="yes"
              defaultChecked={typed['onlyPlatform'] === 'yes'}
            />
            <span>
              {t('onlyPlatform')}
              <br />
              <small>{t('onlyPlatformHint')}</small>
            </span>
          </label>
        </div>
      </details>
    </>
  );
}

function PickRecording({ typed, recordings }: { typed: Typed; recordings: Recordings }) {
  const t = useText(words);
  const { now, language } = useFrame();
  if (recordings.length === 0) return null;
  return (
    <Select
      label={t('recordings')}
      hint={t('recordingsHint')}
      name="recording"
      defaultValue={typed['recording']}
      options={[
        { value: '', label: t('recordingNone') },
        ...recordings.map((one) => ({
          value: one.fileId ?? '',
          label: t(one.seen.length > 0 ? 'recordingSeen' : 'recordingOne', {
            time: moment(one.startedAt, now, language),
            size: bytes(one.size),
            count: one.seen.length,
          }),
        })),
      ]}
    />
  );
}

function Chosen({ name, typed }: { name: 'file' | 'redacted'; typed: Typed }) {
  const t = useText(words);
  const id = typed[`${name}Id`];
  if (!id) return null;
  return (
    <p className="mute">
      {t('fileKept', { name: typed[`${name}Name`] ?? '' })}
      <input type="hidden" name={`${name}Id`} value={id} />
      <input type="hidden" name={`${name}Name`} value={typed[`${name}Name`] ?? ''} />
      <input type="hidden" name={`${name}Type`} value={typed[`${name}Type`] ?? ''} />
    </p>
  );
}
