import type { ListingDraft } from '../../src/catalog/content.contract.ts';
import type { ContentField } from '../../src/catalog/manual.contract.ts';
import type { Question } from '../../src/catalog/question.contract.ts';

type Fields = Pick<ListingDraft, 'questions' | 'opening' | 'manual'>;

export const questionRows = 8;
export const contentRows = 8;

/** How many rows the form shows: those that are filled in and one more. */
export const rowsOf = (values: Readonly<Record<string, string>>, name: string, most: number): number =>
  Math.min(
    most,
    Object.keys(values).filter(
      (key) => key.startsWith(`${name}.`) && key.endsWith('.label') && values[key] !== '',
    ).length + 1,
  );

/** What the form shows of questions, opening hours and the form of a manual delivery. */
export function manualValues({ questions, opening, manual }: Fields): Record<string, string> {
  const values: Record<string, string> = {
    'opening.from': opening?.from ?? '',
    'opening.to': opening?.to ?? '',
  };
  questions.forEach((one, i) => {
    values[`questions.${i}.label`] = one.label;
    values[`questions.${i}.key`] = one.key;
    values[`questions.${i}.type`] = one.type;
    values[`questions.${i}.required`] = one.required ? 'yes' : 'no';
    values[`questions.${i}.pattern`] = one.pattern ?? '';
    values[`questions.${i}.options`] = one.options.join('，');
    values[`questions.${i}.sensitive`] = one.sensitive ? 'yes' : 'no';
    values[`questions.${i}.confirmTwice`] = one.confirmTwice ? 'yes' : 'no';
  });
  manual?.fields.forEach((one, i) => {
    values[`manual.fields.${i}.label`] = one.label;
    values[`manual.fields.${i}.key`] = one.key;
    values[`manual.fields.${i}.type`] = one.type;
    values[`manual.fields.${i}.required`] = one.required ? 'yes' : 'no';
  });
  return values;
}

const rows = <T>(count: number, row: (index: number) => T | undefined): T[] =>
  Array.from({ length: count }, (_, index) => row(index)).filter((one) => one !== undefined);

/** The same from the form. A row without a label is not there; its key is kept when it has one. */
export function manualDraft(of: (name: string) => string): Fields {
  const questions = rows(questionRows, (i): Question | undefined => {
    const at = (name: string): string => of(`questions.${i}.${name}`).trim();
    if (at('label') === '') return undefined;
    return {
      key: at('key') || `q${i + 1}`,
      label: at('label'),
      type: (at('type') || 'text') as Question['type'],
      required: at('required') !== 'no',
      pattern: at('pattern') || null,
      options: at('options')
        .split(/[,，、]/)
        .map((word) => word.trim())
        .filter((word) => word !== ''),
      sensitive: at('sensitive') === 'yes',
      confirmTwice: at('confirmTwice') === 'yes',
    };
  });
  const fields = rows(contentRows, (i): ContentField | undefined => {
    const at = (name: string): string => of(`manual.fields.${i}.${name}`).trim();
    if (at('label') === '') return undefined;
    return {
      key: at('key') || `f${i + 1}`,
      label: at('label'),
      type: (at('type') || 'text') as ContentField['type'],
      required: at('required') !== 'no',
    };
  });
  const [from, to] = [of('opening.from'), of('opening.to')];
  return {
    questions,
    opening: from === '' && to === '' ? null : { from, to },
    manual: of('delivery.mode') === 'manual' && fields.length > 0 ? { fields } : null,
  };
}
