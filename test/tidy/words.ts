import { lineAt, nameOf, type Node, parse, property, type Source, textProperty, visit } from './source.ts';

const chinese = /[\u3400-\u9fff]/;
const isTyped = ({ path }: Source): boolean =>
  /^(src|web)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path);

/** Wherever a text stands in one language, it stands in the other, with the same places to fill in. */
export function bothLanguages(files: readonly Source[]): string[] {
  return files.filter(isTyped).flatMap((file) => {
    const offences: string[] = [];
    visit(parse(file).program, (node) => {
      if (node.type !== 'ObjectExpression') return;
      const [zh, en] = [textProperty(node, 'zh'), textProperty(node, 'en')];
      const where = `${file.path}:${lineAt(file.text, node.start)}`;
      if (zh === undefined && en === undefined) return;
      if (!zh?.trim() && !property(node, 'zh')) offences.push(`${where}: Chinese is missing beside '${en}'`);
      else if (!en?.trim() && !property(node, 'en'))
        offences.push(`${where}: English is missing beside '${zh}'`);
      else if (zh !== undefined && en !== undefined && (zh === '') !== (en === ''))
        offences.push(`${where}: a text is empty in one language`);
      else if (zh !== undefined && en !== undefined && placesIn(zh) !== placesIn(en))
        offences.push(`${where}: '${zh}' and '${en}' fill in different places`);
    });
    return offences;
  });
}

const placesIn = (text: string): string => [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');

/** The voice: 你, not 您; nothing is shouted. English texts hold no Chinese, but for the button that changes the language. */
export function voice(files: readonly Source[]): string[] {
  return files.filter(isTyped).flatMap((file) => {
    const offences: string[] = [];
    visit(parse(file).program, (node, around) => {
      if (node.type !== 'ObjectExpression') return;
      const [zh, en] = [textProperty(node, 'zh') ?? '', textProperty(node, 'en') ?? ''];
      const where = `${file.path}:${lineAt(file.text, node.start)}`;
      if (zh.includes('您')) offences.push(`${where}: 你, not 您`);
      if (/[！!](?!=)/.test(zh + en)) offences.push(`${where}: no exclamation marks`);
      const key = around.at(-1)?.['key'] as Node | undefined;
      if (chinese.test(en) && !(key && /language|brand/i.test(nameOf(key))))
        offences.push(`${where}: Chinese in the English text '${en}'`);
    });
    return offences;
  });
}

/** Pages take their words from web/text, so that both languages stand side by side. */
export function wordsInPages(files: readonly Source[]): string[] {
  const pages = files.filter(
    (file) => /^web\/.*\.tsx?$/.test(file.path) && !file.path.startsWith('web/text/') && isTyped(file),
  );
  return pages.flatMap((file) => {
    const offences: string[] = [];
    visit(parse(file).program, (node, around) => {
      const text =
        node.type === 'JSXText' || node.type === 'Literal'
          ? node['value']
          : node.type === 'TemplateElement'
            ? (node['value'] as { cooked: string }).cooked
            : '';
      if (typeof text !== 'string' || !chinese.test(text)) return;
      const object = around.at(-2);
      if (object?.type === 'ObjectExpression' && property(object, 'zh') && property(object, 'en')) return;
      offences.push(`${file.path}:${lineAt(file.text, node.start)}: '${text.trim()}' belongs into web/text`);
    });
    return offences;
  });
}

/** Refusals of a contract: CODE: { status, zh, en }. */
export function refusals(files: readonly Source[]): string[] {
  return files.filter(isTyped).flatMap((file) =>
    cataloguesOf(file).flatMap(({ name, entries }) =>
      entries.flatMap(({ code, object, at }) => {
        const where = `${file.path}:${lineAt(file.text, at)}: ${name}.${code}`;
        if (!/^[A-Z][A-Z0-9_]*$/.test(code)) return [`${where}: a code is UPPER_CASE`];
        const status = (property(object, 'status') as Node | undefined)?.['value'];
        const answered = /\bcontract\.ts$|^src\/(app|kit)\//.test(file.path);
        if (!answered) return [];
        if (typeof status !== 'number' || status < 400 || status > 599)
          return [`${where}: a refusal has an HTTP status from 400 on`];
        return ['zh', 'en']
          .filter((language) => !textProperty(object, language)?.trim())
          .map((language) => `${where} has no ${language}`);
      }),
    ),
  );
}

/** A refusal that nobody gives is a promise that nobody keeps. */
export function unusedRefusals(files: readonly Source[]): string[] {
  const typed = files.filter(isTyped);
  const given = new Set(
    typed.flatMap(({ text }) =>
      [...text.matchAll(/(?:['"]|\.)([A-Z][A-Z0-9_]+)\b/g)].map(([, code]) => code),
    ),
  );
  return typed.flatMap((file) =>
    cataloguesOf(file).flatMap(({ name, entries }) =>
      entries
        .filter(({ code }) => !given.has(code))
        .map(({ code, at }) => `${file.path}:${lineAt(file.text, at)}: ${name}.${code} is given nowhere`),
    ),
  );
}

type Catalogue = { name: string; entries: { code: string; object: Node; at: number }[] };

function cataloguesOf(file: Source): Catalogue[] {
  const found: Catalogue[] = [];
  visit(parse(file).program, (node) => {
    if (node.type !== 'VariableDeclarator' || !nameOf(node['id'] as Node).endsWith('Refusals')) return;
    let value = node['init'] as Node | null;
    while (value && /^TS(As|Satisfies)Expression$/.test(value.type)) value = value['expression'] as Node;
    if (value?.type !== 'ObjectExpression') return;
    const entries = (value['properties'] as Node[])
      .filter((each) => each.type === 'Property' && (each['value'] as Node).type === 'ObjectExpression')
      .map((each) => ({ code: nameOf(each['key'] as Node), object: each['value'] as Node, at: each.start }));
    found.push({ name: nameOf(node['id'] as Node), entries });
  });
  return found;
}
