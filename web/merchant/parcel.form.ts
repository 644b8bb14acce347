import type { ListingDraft } from '../../src/catalog/content.contract.ts';
import { parseYuan, yuan, fen } from '../../src/kit/money.ts';

type Fields = Pick<ListingDraft, 'parcel'>;

/** What lies in the box, a line for each part: its name, how many, what one is worth when it is missing. */
export const parcelValues = ({ parcel }: Fields): Record<string, string> =>
  parcel
    ? {
        'parcel.parts': parcel.parts
          .map((part) => `${part.name} | ${part.count} | ${yuan(fen(part.worth))}`)
          .join('\n'),
      }
    : {};

/** The same from the form: only of what is sent. What is no price stays as it was typed, so that the api names the field. */
export function parcelDraft(of: (name: string) => string): Fields {
  const lines = of('parcel.parts')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (of('delivery.mode') !== 'shipping' || lines.length === 0) return { parcel: null };
  return {
    parcel: {
      parts: lines.map((line) => {
        const [name = '', count = '', worth = ''] = line.split(/[|｜]/).map((one) => one.trim());
        return {
          name,
          count: count === '' ? 1 : Number(count),
          worth: parseYuan(worth)?.toString() ?? (worth === '' ? '0' : worth),
        };
      }),
    },
  };
}
