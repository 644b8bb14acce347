import { attachmentTypes } from '../../src/kit/file-name.ts';
import { exhibits as words } from '../text/exhibits.ts';
import { useText } from '../text/use.ts';
import { FileInput } from '../ui/Field.tsx';

type Typed = Readonly<Record<string, string>>;

/** A file with, if need be, its blacked-out copy. Works as a plain form; what arrived before a refusal is not chosen again. */
export function ExhibitFiles({ typed = {} }: { typed?: Typed }) {
  const t = useText(words);
  return (
    <>
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
