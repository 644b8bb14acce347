import { fileSystems, fileTerms } from '../../src/catalog/file.contract.ts';
import type { ListingDraft } from '../../src/catalog/content.contract.ts';

type Fields = Pick<ListingDraft, 'file'>;

/** What the form shows of a download. File name, size and SHA-256 come from the upload and are carried along. */
export function fileValues({ file }: Fields): Record<string, string> {
  if (!file) return {};
  return {
    'file.version': file.version,
    'file.systems': file.systems.join(','),
    'file.requires': file.requires,
    'file.install': file.install.join('\n'),
    'file.downloads': String(file.downloads),
    'file.days': String(file.days),
    'file.from': file.from,
    'file.name': file.name,
    'file.size': file.size === null ? '' : String(file.size),
    'file.sha256': file.sha256,
  };
}

/** The same from the form: only of a download, and only once it has a version. */
export function fileDraft(of: (name: string) => string): Fields {
  if (of('goods') !== 'download' || of('file.version').trim() === '') return { file: null };
  const number = (name: string, otherwise: number): number => {
    const text = of(name).trim();
    return text === '' ? otherwise : Number(text);
  };
  const systems = of('file.systems').split(/[,，、\s]+/);
  const size = of('file.size');
  return {
    file: {
      version: of('file.version').trim(),
      systems: fileSystems.filter((one) => systems.includes(one)),
      requires: of('file.requires').trim(),
      install: of('file.install')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
      downloads: number('file.downloads', fileTerms.downloads),
      days: number('file.days', fileTerms.daysMin),
      from: of('file.from') === 'address' ? 'address' : 'platform',
      name: of('file.name'),
      size: size === '' ? null : Number(size),
      sha256: of('file.sha256'),
    },
  };
}
